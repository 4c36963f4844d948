package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.time.Duration;
import java.util.stream.IntStream;
import org.diferido.execution.ServiceSettings.CallerLimits;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobStatus;
import org.diferido.procedure.ProcedureRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much may run, and how much one caller may have of it. */
class LimitsTest {

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private SteppedNode node;
  private SteppedNode other;

  private void nodes(int workers, JobRules rules, CallerLimits limits) {
    ServiceSettings settings = SteppedNode.settings(workers, rules, limits);
    node = new SteppedNode("node-a", registry, settings);
    other = new SteppedNode("node-b", registry, settings);
  }

  @AfterEach
  void letAllGo() {
    node.close();
    other.close();
  }

  private static JobRules limited(String limits) {
    return new JobRules(
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.parse(limits, Integer::valueOf),
        ProcedureRules.none());
  }

  private int running() {
    return node.gateway.running.get() + other.gateway.running.get();
  }

  @Test
  void callsOfDaysOfOneCallerLeaveAWorkerForTheOthers() {
    nodes(5, JobRules.NONE, CallerLimits.usual(5, 100));
    IntStream.range(0, 30).forEach(at -> node.submit("long" + at));
    await().until(() -> node.gateway.running.get() == 4);
    Job quick = node.dispatcher.submit(SteppedNode.call("quick"), DIEGO).job();
    await().until(() -> node.gateway.began.contains("quick"));
    assertThat(node.status(quick)).isEqualTo(JobStatus.RUNNING);
    assertThat(node.gateway.began).hasSize(5);
  }

  @Test
  void aNodeWithOneWorkerStillWorks() {
    nodes(1, JobRules.NONE, CallerLimits.usual(1, 100));
    node.submit("a");
    await().until(() -> node.gateway.began.contains("a"));
  }

  @Test
  void noMoreOfAPatternRunThanItsLimitOnAllNodesTogether() {
    nodes(10, limited("P*=3"), new CallerLimits(10, 80, null, 0, 100));
    for (int at = 0; at < 5; at++) {
      node.submit("n" + at);
      other.submit("o" + at);
    }
    await().until(() -> running() == 3);
    node.pool.wake();
    other.pool.wake();
    assertThat(running()).isEqualTo(3);
    node.gateway.steps.release(100);
    other.gateway.steps.release(100);
    await()
        .until(
            () -> {
              other.pool.wake();
              node.pool.wake();
              return node.gateway.began.size() + other.gateway.began.size() == 10;
            });
    assertThat(node.gateway.mostAtOnce.get()).isLessThanOrEqualTo(3);
    assertThat(other.gateway.mostAtOnce.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void whatWaitsForALimitStartsAsSoonAsThereIsRoom() {
    nodes(10, limited("P=1"), new CallerLimits(10, 80, null, 0, 100));
    node.submit("a");
    node.submit("b");
    await().until(() -> node.gateway.began.contains("a"));
    assertThat(node.gateway.began).hasSize(1);
    node.gateway.steps.release();
    await().until(() -> node.gateway.began.contains("b"));
  }

  @Test
  void aCallerRunsNoMoreThanItsLimitOnAllNodesTogether() {
    nodes(10, JobRules.NONE, new CallerLimits(10, 80, 2, 0, 100));
    for (int at = 0; at < 3; at++) {
      node.submit("n" + at);
      other.submit("o" + at);
    }
    await().until(() -> running() == 2);
    other.dispatcher.submit(SteppedNode.call("diegos"), DIEGO);
    await().until(() -> other.gateway.began.contains("diegos"));
    assertThat(running()).isEqualTo(3);
  }

  @Test
  void whoHasFilledTheQueueKeepsNobodyOut() {
    nodes(1, JobRules.NONE, new CallerLimits(1, 3, null, 0, 100));
    IntStream.range(0, 4).forEach(at -> node.submit("a" + at));
    assertThatThrownBy(() -> node.submit("a4"))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_MANY_QUEUED));
    Job diegos = node.dispatcher.submit(SteppedNode.call("diegos"), DIEGO).job();
    assertThat(node.status(diegos)).isEqualTo(JobStatus.QUEUED);
    node.gateway.steps.release();
    await().until(() -> registry.kept.queued() == 3);
    node.clock.advance(QueueRoom.FULL_HOLDS);
    node.submit("a5");
  }

  @Test
  void whoSubmittedBeforeTheClockWasSetBackMayGoOn() {
    nodes(2, JobRules.NONE, new CallerLimits(2, 80, null, 60, 100));
    node.submit("a");
    node.clock.set(Duration.ofHours(-1));
    node.submit("b");
    assertThat(node.access.list(JobFilter.ALL, 100, null, ANA).total()).isEqualTo(2);
  }

  @Test
  void whoSubmitsTooFastIsToldWhenToComeBackAndNothingIsIn() {
    nodes(2, JobRules.NONE, new CallerLimits(2, 80, null, 6, 100));
    IntStream.range(0, 6).forEach(at -> node.submit("a" + at));
    assertThatThrownBy(() -> node.submit("a6"))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_MANY_SUBMITS);
              assertThat(e.retryAfter().orElseThrow().toSeconds()).isEqualTo(10);
            });
    node.dispatcher.submit(SteppedNode.call("diegos"), DIEGO);
    node.clock.advance(Duration.ofSeconds(10));
    node.submit("a7");
    assertThatThrownBy(() -> node.submit("a8")).isInstanceOf(FailureException.class);
    assertThat(node.access.list(JobFilter.ALL, 100, null, ANA).total()).isEqualTo(7);
  }
}
