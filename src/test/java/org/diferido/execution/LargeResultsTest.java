package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.LargeValue.Kind;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureRules;
import org.diferido.procedure.ResultSink;
import org.diferido.procedure.ResultSink.ByteSink;
import org.diferido.procedure.ResultSink.RowSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of rows and large values when their calls end, in whichever way. */
class LargeResultsTest {

  private static final ServiceSettings.CallerLimits LIMITS =
      new ServiceSettings.CallerLimits(2, 80, null, 0, 100);
  private static final long MOST = 1_000_000;

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private SteppedNode node =
      new SteppedNode("node-a", registry, SteppedNode.settings(2, JobRules.NONE, LIMITS, MOST));

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private static Map<String, Object> rows(ResultSink sink, String name, int count) {
    RowSink rows = sink.rows(name, List.of("N"));
    for (int number = 0; number < count; number++) {
      rows.add(List.of(BigDecimal.valueOf(number)));
    }
    return Map.of(name, new Rows(List.of("N"), List.of(), count, rows.end()));
  }

  private static Map<String, Object> bytes(ResultSink sink, String name, int count) {
    ByteSink bytes = sink.bytes(name, Kind.BYTES);
    bytes.add(new byte[count], count);
    return Map.of(name, new LargeValue(Kind.BYTES, count, bytes.end()));
  }

  private static Map<String, Object> both(ResultSink sink) {
    Map<String, Object> values = new LinkedHashMap<>(rows(sink, "filas", 5000));
    values.putAll(bytes(sink, "grande", 1000));
    return values;
  }

  private Job ended(JobStatus status) {
    Job job = node.submit("a");
    node.gateway.steps.release();
    await().until(() -> node.status(job) == status);
    await().until(() -> node.calls.all().isEmpty());
    return node.kept(job);
  }

  private static FailureCode codeOf(Job job) {
    return job.state().failed().orElseThrow().code();
  }

  @Test
  void whatAJobRefersToIsThereWhenItHasSucceeded() {
    node.gateway.gives = LargeResultsTest::both;
    Job job = ended(JobStatus.SUCCEEDED);
    assertThat(node.results.names()).containsExactly("filas", "grande");
    List<String> ids = ((JobState.Succeeded) job.state()).result().storedIds();
    assertThat(ids).hasSize(2).allMatch(id -> node.results.chunk(id, 0).isPresent());
  }

  @Test
  void whereTheEndIsWrittenInTheCallItIsThereToo() {
    registry.joins = true;
    node.gateway.gives = LargeResultsTest::both;
    ended(JobStatus.SUCCEEDED);
    assertThat(node.results.names()).containsExactly("filas", "grande");
  }

  @Test
  void nothingIsLeftOfACallThatFailsWhileItIsRead() {
    node.gateway.gives =
        sink -> {
          both(sink);
          throw Failure.of(FailureCode.DATABASE_ERROR, "se cayó").toException();
        };
    assertThat(codeOf(ended(JobStatus.FAILED))).isEqualTo(FailureCode.DATABASE_ERROR);
    await().until(() -> node.results.names().isEmpty());
  }

  @Test
  void nothingIsLeftOfACallWhoseCommitIsUndoneWithoutAnAnswer() {
    registry.joins = true;
    node.gateway.gives = LargeResultsTest::both;
    node.gateway.commit = SteppedGateway.Commit.UNDONE_WITHOUT_AN_ANSWER;
    assertThat(codeOf(ended(JobStatus.FAILED))).isEqualTo(FailureCode.ROLLED_BACK);
    await().until(() -> node.results.names().isEmpty());
  }

  @Test
  void allIsThereAfterACommitThatIsDoneWithoutAnAnswer() {
    registry.joins = true;
    node.gateway.gives = LargeResultsTest::both;
    node.gateway.commit = SteppedGateway.Commit.DONE_WITHOUT_AN_ANSWER;
    ended(JobStatus.SUCCEEDED);
    assertThat(node.results.names()).containsExactly("filas", "grande");
  }

  @Test
  void nothingIsLeftOfAResultThatTheRegistryDoesNotTake() {
    registry.takesNoResults = true;
    node.gateway.gives = LargeResultsTest::both;
    assertThat(codeOf(ended(JobStatus.FAILED))).isEqualTo(FailureCode.RESULT_NOT_KEPT);
    await().until(() -> node.results.names().isEmpty());
  }

  @Test
  void aStoreThatIsAwayFailsTheJobAndSaysThatNothingWasDone() {
    node.gateway.gives =
        sink -> {
          RowSink rows = sink.rows("filas", List.of("T"));
          rows.add(List.of("x".repeat(300_000)));
          rows.add(List.of("y".repeat(300_000)));
          node.results.away = true;
          rows.add(List.of("z"));
          throw new AssertionError("nobody should come here");
        };
    Job job = ended(JobStatus.FAILED);
    assertThat(codeOf(job)).isEqualTo(FailureCode.RESULT_NOT_STORED);
    assertThat(node.gateway.committed).hasValue(0);
    assertThat(job.state().failed().orElseThrow().code().retryable()).isTrue();
  }

  @Test
  void aProcedureThatMayBeRunTwiceIsRunAgainAndOnlyTheLastRunsResultsStay() {
    node.close();
    JobRules idempotent =
        new JobRules(
            ProcedureRules.none(),
            ProcedureRules.none(),
            ProcedureRules.none(),
            ProcedureRules.none(),
            ProcedureRules.parse("P=2", Integer::valueOf));
    node = new SteppedNode("node-b", registry, SteppedNode.settings(2, idempotent));
    node.gateway.gives =
        sink -> {
          rows(sink, "primera", 10);
          throw Failure.of(FailureCode.RESULT_NOT_STORED).toException();
        };
    Job job = node.submit("a");
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.QUEUED);
    await().until(() -> node.results.names().isEmpty());
    node.gateway.gives = sink -> rows(sink, "segunda", 10);
    node.clock.advance(Duration.ofSeconds(10));
    node.pool.wake();
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.SUCCEEDED);
    assertThat(node.results.names()).containsExactly("segunda");
  }

  @Test
  void moreThanAJobMayHaveFailsItWithTheLimit() {
    node.gateway.gives = sink -> bytes(sink, "grande", (int) MOST + 1);
    Job job = ended(JobStatus.FAILED);
    assertThat(job.state().failed()).contains(Failure.of(FailureCode.RESULT_TOO_LARGE, MOST));
    assertThat(node.gateway.committed).hasValue(0);
    node.gateway.gives = sink -> bytes(sink, "justo", (int) MOST);
    ended(JobStatus.SUCCEEDED);
    assertThat(node.results.names()).containsExactly("justo");
  }

  @Test
  void whoRemovesAJobRemovesItsResults() {
    node.gateway.gives = LargeResultsTest::both;
    Job job = ended(JobStatus.SUCCEEDED);
    assertThat(node.access.remove(job.id().hex(), ANA)).isTrue();
    assertThat(node.results.names()).isEmpty();
  }

  @Test
  void aJobIsRemovedAlsoWhenItsResultsCannotBe() {
    node.gateway.gives = LargeResultsTest::both;
    Job job = ended(JobStatus.SUCCEEDED);
    node.results.away = true;
    assertThat(node.access.remove(job.id().hex(), ANA)).isTrue();
  }
}
