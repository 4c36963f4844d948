package org.diferido.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.faults.Finding.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each lie that a job can tell is found, and the truth is not taken for one. */
class VerdictTest {

  private static final Verdict ONE_DATABASE = new Verdict(true);
  private static final Verdict TWO_DATABASES = new Verdict(false);

  @Test
  void aSuccessWithItsRowIsTrue() {
    assertThat(ONE_DATABASE.over(job("succeeded", 1))).isEmpty();
    assertThat(TWO_DATABASES.over(job("succeeded", 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "cancelled", "timed_out", "expired", "lost"})
  void anyOtherEndWithoutARowIsTrue(String state) {
    assertThat(ONE_DATABASE.over(job(state, 0))).isEmpty();
    assertThat(TWO_DATABASES.over(job(state, 0))).isEmpty();
  }

  @Test
  void aSuccessWithoutARowIsFound() {
    assertThat(kinds(ONE_DATABASE, job("succeeded", 0))).containsOnly(Kind.FALSE_SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "cancelled", "timed_out", "expired"})
  void anyOtherEndWithARowIsFound(String state) {
    assertThat(kinds(ONE_DATABASE, job(state, 1))).containsOnly(Kind.FALSE_FAILURE);
    assertThat(kinds(TWO_DATABASES, job(state, 1))).containsOnly(Kind.FALSE_FAILURE);
  }

  @Test
  void thatNobodyKnowsIsTrueOnlyWhereTheEndIsNotWrittenWithTheWork() {
    assertThat(TWO_DATABASES.over(job("lost", 1))).isEmpty();
    assertThat(kinds(ONE_DATABASE, job("lost", 1))).containsOnly(Kind.FALSE_FAILURE);
  }

  @Test
  void workThatWasDoneTwiceIsFound() {
    assertThat(kinds(ONE_DATABASE, job("succeeded", 2))).containsOnly(Kind.DOUBLED);
    assertThat(kinds(TWO_DATABASES, job("lost", 2))).containsOnly(Kind.DOUBLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"queued", "running", "cancelling"})
  void aJobThatDoesNotEndIsFound(String state) {
    assertThat(kinds(ONE_DATABASE, job(state, 0))).containsOnly(Kind.STUCK);
  }

  @Test
  void aJobThatIsGoneIsFound() {
    List<JobSeen> gone = List.of(JobSeen.unknown("one", "a"), JobSeen.unknown("two", "a"));
    assertThat(kinds(ONE_DATABASE, seen(gone, 0))).containsOnly(Kind.MISSING);
  }

  @Test
  void workWithoutAJobIsFound() {
    Evidence none = new Evidence("k", "{}", false, Set.of(), Map.of(), List.of(), 0);
    assertThat(kinds(ONE_DATABASE, none)).containsOnly(Kind.MISSING);
  }

  @Test
  void aKeyWithTwoJobsIsFound() {
    Evidence two =
        new Evidence(
            "k",
            "{}",
            false,
            Set.of("a", "b"),
            Map.of(),
            List.of(seen("one", "a", "succeeded"), seen("one", "b", "failed")),
            1);
    assertThat(kinds(ONE_DATABASE, two)).contains(Kind.TWO_JOBS);
  }

  @Test
  void nodesThatSayDifferentThingsAreFound() {
    List<JobSeen> different = List.of(seen("one", "a", "failed"), seen("two", "a", "lost"));
    assertThat(kinds(ONE_DATABASE, seen(different, 0))).containsOnly(Kind.DISAGREEING);
  }

  @Test
  void anEndThatWasAnotherBeforeIsFound() {
    List<JobSeen> now = List.of(seen("one", "a", "succeeded"));
    Evidence changed = new Evidence("k", "{}", false, Set.of("a"), Map.of("a", "lost"), now, 1);
    assertThat(kinds(ONE_DATABASE, changed)).containsOnly(Kind.CHANGED_END);
  }

  @Test
  void aCancelThatNobodyAskedForIsFound() {
    List<JobSeen> now = List.of(new JobSeen("one", "a", 200, "cancelled", "CANCELLED", ""));
    Evidence unasked = new Evidence("k", "{}", false, Set.of("a"), Map.of(), now, 0);
    assertThat(kinds(ONE_DATABASE, unasked)).containsOnly(Kind.UNASKED_CANCEL);
    List<JobSeen> stop = List.of(new JobSeen("one", "a", 200, "cancelled", "NODE_STOPPED", ""));
    assertThat(ONE_DATABASE.over(new Evidence("k", "{}", false, Set.of("a"), Map.of(), stop, 0)))
        .isEmpty();
  }

  @Test
  void aResultThatIsNotTheProceduresIsFound() {
    List<JobSeen> now = List.of(new JobSeen("one", "a", 200, "succeeded", "", "{\"n\":2}"));
    Evidence wrong = new Evidence("k", "{\"n\":1}", false, Set.of("a"), Map.of(), now, 1);
    assertThat(kinds(ONE_DATABASE, wrong)).containsOnly(Kind.WRONG_RESULT);
  }

  @Test
  void whatNobodyAskedForIsFound() {
    assertThat(Verdict.overStrangers(Set.of("k"), Map.of("k", 1), Map.of("one", 1))).isEmpty();
    assertThat(Verdict.overStrangers(Set.of("k"), Map.of("x", 1), Map.of("one", 2)))
        .extracting(Finding::kind)
        .containsExactly(Kind.UNASKED, Kind.UNASKED);
    assertThat(Verdict.overStrangers(Set.of("k"), Map.of(), Map.of("one", 0)))
        .extracting(Finding::kind)
        .containsExactly(Kind.MISSING);
  }

  private static Evidence job(String state, int rows) {
    return seen(List.of(seen("one", "a", state), seen("two", "a", state)), rows);
  }

  private static Evidence seen(List<JobSeen> seen, int rows) {
    return new Evidence("k", "{}", true, Set.of("a"), Map.of(), seen, rows);
  }

  private static JobSeen seen(String node, String id, String state) {
    return new JobSeen(node, id, 200, state, "", state.equals("succeeded") ? "{}" : "");
  }

  private static List<Kind> kinds(Verdict verdict, Evidence evidence) {
    return verdict.over(evidence).stream().map(Finding::kind).distinct().toList();
  }
}
