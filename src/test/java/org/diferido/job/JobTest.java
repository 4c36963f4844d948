package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diferido.job.SampleJobs.CALL;
import static org.diferido.job.SampleJobs.FAILURE;
import static org.diferido.job.SampleJobs.HALF;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.RESULT;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.diferido.failure.FailureCode;
import org.diferido.failure.Language;
import org.diferido.procedure.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobTest {

  /** The moves as they are meant, written down a second time. */
  private static final Map<JobStatus, Set<String>> ALLOWED =
      Map.of(
          JobStatus.QUEUED, Set.of("claim", "fail", "expire"),
          JobStatus.RUNNING, Set.of("progress", "succeed", "fail", "lose"),
          JobStatus.SUCCEEDED, Set.of(),
          JobStatus.FAILED, Set.of(),
          JobStatus.EXPIRED, Set.of(),
          JobStatus.LOST, Set.of());

  private static final Map<String, UnaryOperator<Job>> MOVES =
      Map.of(
          "claim", job -> job.claimedBy(NODE, NOW),
          "progress", job -> job.at(HALF),
          "succeed", job -> job.succeeded(RESULT, LATER),
          "fail", job -> job.failed(FAILURE, LATER),
          "expire", job -> job.expired(LATER),
          "lose", job -> job.lost(FAILURE, LATER));

  private static Map<JobStatus, Job> jobs() {
    Map<JobStatus, Job> jobs = new EnumMap<>(JobStatus.class);
    SampleJobs.inEveryState("ana").forEach(job -> jobs.putIfAbsent(job.status(), job));
    return jobs;
  }

  static Stream<Arguments> everyPair() {
    return Stream.of(JobStatus.values())
        .flatMap(
            status -> MOVES.keySet().stream().sorted().map(move -> Arguments.of(status, move)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void aMoveIsMadeWhereItIsAllowedAndRefusedElsewhere(JobStatus status, String move) {
    Job job = jobs().get(status);
    if (ALLOWED.get(status).contains(move)) {
      Job next = MOVES.get(move).apply(job);
      assertThat(next.id()).isEqualTo(job.id());
      assertThat(status.next()).contains(next.status());
    } else {
      assertThatThrownBy(() -> MOVES.get(move).apply(job))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(job.id().hex());
    }
  }

  @Test
  void everyStatusHasASample() {
    assertThat(jobs()).containsOnlyKeys(JobStatus.values());
    assertThat(ALLOWED).containsOnlyKeys(JobStatus.values());
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void theStatusesThatNothingFollowsAreTheEnds(JobStatus status) {
    assertThat(status.isEnd()).isEqualTo(ALLOWED.get(status).isEmpty());
    assertThat(status.isEnd()).isEqualTo(jobs().get(status).state() instanceof JobState.Ended);
  }

  @Test
  void theFourWordsOfTheOriginCoverEveryStatus() {
    Map<JobStatus, String> words = new HashMap<>();
    Stream.of(JobStatus.values()).forEach(each -> words.put(each, each.reported().word()));
    assertThat(words)
        .containsEntry(JobStatus.QUEUED, "pending")
        .containsEntry(JobStatus.RUNNING, "running")
        .containsEntry(JobStatus.SUCCEEDED, "completed")
        .containsEntry(JobStatus.FAILED, "failed")
        .containsEntry(JobStatus.EXPIRED, "failed")
        .containsEntry(JobStatus.LOST, "failed");
  }

  @Test
  void aClaimRemembersNodeAttemptAndTime() {
    assertThat(SampleJobs.queued().claimedBy("node-b", LATER).state().heldBy())
        .contains(new JobState.Claim("node-b", 1, LATER));
  }

  @Test
  void theClaimStaysWithTheJobToItsEnd() {
    Job running = SampleJobs.running();
    assertThat(running.succeeded(RESULT, LATER).state().heldBy())
        .isEqualTo(running.state().heldBy());
    assertThat(running.failed(FAILURE, LATER).state().heldBy()).isEqualTo(running.state().heldBy());
    assertThat(running.lost(FAILURE, LATER).state().heldBy()).isEqualTo(running.state().heldBy());
  }

  @Test
  void aJobThatFailedInTheQueueWasHeldByNobody() {
    assertThat(SampleJobs.queued().failed(FAILURE, LATER).state().heldBy()).isEmpty();
  }

  @Test
  void aPercentageNeverFalls() {
    Progress less = Progress.reported(BigDecimal.ONE, BigDecimal.TEN, "lotes", "Otra vez");
    Job job = SampleJobs.running().at(HALF).at(less);
    assertThat(job.state().lastProgress().percent()).isEqualTo(50);
    assertThat(job.state().lastProgress().message()).isEqualTo("Otra vez");
  }

  @Test
  void aFailureKeepsTheLastProgress() {
    assertThat(SampleJobs.running().at(HALF).failed(FAILURE, LATER).state().lastProgress())
        .isEqualTo(HALF);
  }

  @Test
  void anExpiredJobSaysUntilWhenItMightHaveStarted() {
    Job expired = SampleJobs.startingBefore(LATER).expired(LATER);
    assertThat(expired.state().failed().orElseThrow().code()).isEqualTo(FailureCode.EXPIRED);
    assertThat(expired.state().failed().orElseThrow().text(Language.SPANISH))
        .contains(LATER.toString());
  }

  @Test
  void aJobIsTooLateFromItsTimeOnAndOneWithoutATimeNever() {
    Job job = SampleJobs.startingBefore(LATER);
    assertThat(job.isTooLate(LATER.minusMillis(1))).isFalse();
    assertThat(job.isTooLate(LATER)).isTrue();
    assertThat(SampleJobs.queued().isTooLate(LATER)).isFalse();
  }

  @Test
  void aJobDoesNotChangeWithTheMapItsLabelsCameFrom() {
    Map<String, String> labels = new HashMap<>(Map.of("a", "1"));
    Job job = Job.queued(JobId.random(), "ana", CALL, labels, null, NOW);
    labels.put("b", "2");
    assertThat(job.labels()).containsOnlyKeys("a");
  }
}
