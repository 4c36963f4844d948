package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.IntStream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.InMemoryStatistics;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.diferido.job.ProcedureRuns;
import org.diferido.procedure.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Progress of calls whose procedures say nothing of it. */
class EstimatesTest {

  private static final String NAME = "PUBLIC.P";

  private final SteppedNode node =
      new SteppedNode("a", new UnsteadyRegistry(), SteppedNode.settings(5, JobRules.NONE));
  private final InMemoryStatistics statistics = new InMemoryStatistics();
  private final Estimates estimates = new Estimates(statistics, node.calls, node.clock);

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private Job begun(String text) {
    Job job = node.submit(text);
    await().until(() -> node.gateway.began.contains(text));
    return job;
  }

  private Progress progress(Job job) {
    return node.calls.latest(job).state().lastProgress();
  }

  private void know(int runs, Duration time) {
    IntStream.range(0, runs).forEach(at -> statistics.add(NAME, ProcedureRuns.NONE.with(time)));
  }

  @Test
  void aCallIsMeasuredByEarlierRunsAndSaysSo() {
    know(5, Duration.ofSeconds(100));
    Job job = begun("a");
    estimates.look();
    node.clock.advance(Duration.ofSeconds(50));
    estimates.look();
    assertThat(progress(job).source()).isEqualTo(Progress.Source.ESTIMATED);
    assertThat(progress(job).percent()).isBetween(40, 55);
    assertThat(progress(job).expectedEnd())
        .isBetween(node.clock.instant().plusSeconds(40), node.clock.instant().plusSeconds(75));
    node.clock.advance(Duration.ofHours(1));
    estimates.look();
    assertThat(progress(job).percent()).isEqualTo(99);
    assertThat(progress(job).expectedEnd()).isNull();
  }

  @Test
  void whatTheProcedureSaysIsNotReplaced() {
    know(5, Duration.ofSeconds(100));
    node.gateway.news = Progress.reported(BigDecimal.ONE, BigDecimal.valueOf(50), "lotes", null);
    Job job = begun("a");
    await().until(() -> progress(job).source() == Progress.Source.REPORTED);
    node.clock.advance(Duration.ofSeconds(50));
    estimates.look();
    assertThat(progress(job).source()).isEqualTo(Progress.Source.REPORTED);
    assertThat(progress(job).percent()).isEqualTo(2);
  }

  @Test
  void withoutEarlierRunsNothingIsSaid() {
    Job job = begun("a");
    estimates.look();
    assertThat(progress(job)).isEqualTo(Progress.NONE);
  }

  @Test
  void howLongItTakesIsLearntFromWhatCameBackWellAndOtherNodesLearnItToo() {
    Job well = begun("a");
    node.clock.advance(Duration.ofSeconds(10));
    node.gateway.steps.release();
    await().until(() -> node.status(well) == JobStatus.SUCCEEDED);
    node.gateway.failure = Failure.of(FailureCode.PROCEDURE_RAISED, "x").toException();
    Job badly = begun("b");
    node.gateway.steps.release();
    await().until(() -> node.status(badly) == JobStatus.FAILED);
    estimates.look();
    assertThat(statistics.all()).containsOnlyKeys(NAME);
    assertThat(statistics.all().get(NAME))
        .isEqualTo(ProcedureRuns.NONE.with(Duration.ofSeconds(10)).withFailure());
    know(4, Duration.ofSeconds(10));
    RunningCalls elsewhere = new RunningCalls(node.clock);
    Estimates others = new Estimates(statistics, elsewhere, node.clock);
    Job running = node.submit("c");
    elsewhere.began(running);
    others.look();
    node.clock.advance(Duration.ofSeconds(5));
    others.look();
    assertThat(elsewhere.latest(running).state().lastProgress().source())
        .isEqualTo(Progress.Source.ESTIMATED);
  }

  @Test
  void whatSomebodyStoppedIsNoFailureOfTheProcedureAndWhatTookTooLongIs() {
    Job cancelled = begun("a");
    node.access.cancel(cancelled.id().hex(), SteppedNode.ANA);
    await().until(() -> node.status(cancelled) == JobStatus.CANCELLED);
    Job slow =
        node.dispatcher
            .submit(SteppedNode.call("b", Duration.ofSeconds(5), null), SteppedNode.ANA)
            .job();
    await().until(() -> node.gateway.began.contains("b"));
    node.clock.advance(Duration.ofSeconds(5));
    await()
        .until(
            () -> {
              node.look();
              return node.status(slow) == JobStatus.TIMED_OUT;
            });
    estimates.look();
    assertThat(statistics.all().get(NAME)).isEqualTo(ProcedureRuns.NONE.withFailure());
  }

  @Test
  void anIdleNodeAsksOnceAndNoMore() {
    for (int minute = 0; minute < 10; minute++) {
      estimates.look();
      node.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(statistics.asked()).isEqualTo(1);
    begun("a");
    estimates.look();
    assertThat(statistics.asked()).isEqualTo(2);
  }
}
