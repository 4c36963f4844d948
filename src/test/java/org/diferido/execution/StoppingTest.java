package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.BRUNO;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that are asked to stop, on one node and from another. */
class StoppingTest {

  private static final ServiceSettings SETTINGS = SteppedNode.settings(2, JobRules.NONE);

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node = new SteppedNode("node-a", registry, SETTINGS);
  private final SteppedNode other = new SteppedNode("node-b", registry, SETTINGS);

  @AfterEach
  void letAllGo() {
    node.close();
    other.close();
  }

  private Job begun(String text) {
    Job job = node.submit(text);
    await().until(() -> node.gateway.began.contains(text));
    return job;
  }

  private void awaitStatus(Job job, JobStatus status) {
    await().until(() -> node.status(job) == status);
  }

  private static FailureCode codeOf(Job job) {
    return job.state().failed().orElseThrow().code();
  }

  @Test
  void aQueuedJobIsCancelledAtOnceAndNeverStarts() {
    begun("a");
    begun("b");
    Job queued = node.submit("c");
    Job cancelled = node.access.cancel(queued.id().hex(), ANA);
    assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(node.kept(queued)).isEqualTo(cancelled);
    assertThat(cancelled.stop().step()).isEqualTo(Stop.Step.NOT_STARTED);
    assertThat(codeOf(cancelled).reported()).isEqualTo("CANCELLED");
    node.gateway.steps.release(2);
    await().until(() -> node.calls.all().isEmpty());
    node.pool.wake();
    assertThat(node.gateway.began).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aRunningJobIsCancellingUntilTheDatabaseHasAnswered() {
    node.gateway.deaf = true;
    Job job = begun("a");
    Job cancelling = node.access.cancel(job.id().hex(), ANA);
    assertThat(cancelling.status()).isEqualTo(JobStatus.CANCELLING);
    await().until(() -> node.gateway.asked.contains(job.id().hex()));
    assertThat(node.access.find(job.id().hex(), ANA).status()).isEqualTo(JobStatus.CANCELLING);
    node.gateway.deaf = false;
    awaitStatus(job, JobStatus.CANCELLED);
    assertThat(node.kept(job).stop())
        .isEqualTo(
            new Stop(
                Stop.Reason.REQUESTED, "ana", node.clock.instant(), false, Stop.Step.STATEMENT));
    assertThat(codeOf(node.kept(job))).isEqualTo(FailureCode.CANCELLED);
  }

  @Test
  void aCallThatTakesTooLongIsAskedToStopBeforeTheRegistryIs() {
    Job job = node.dispatcher.submit(SteppedNode.call("a", Duration.ofSeconds(5), null), ANA).job();
    await().until(() -> node.gateway.began.contains("a"));
    node.clock.advance(Duration.ofSeconds(5));
    node.gateway.deaf = true;
    registry.beforeAnswers = () -> assertThat(node.gateway.asked).containsExactly(job.id().hex());
    node.look();
    registry.beforeAnswers = () -> {};
    node.gateway.deaf = false;
    awaitStatus(job, JobStatus.TIMED_OUT);
  }

  @Test
  void aCallThatTakesTooLongIsAskedToStopWithoutTheRegistry() {
    Job job = node.dispatcher.submit(SteppedNode.call("a", Duration.ofSeconds(5), null), ANA).job();
    await().until(() -> node.gateway.began.contains("a"));
    node.gateway.deaf = true;
    node.clock.advance(Duration.ofSeconds(5));
    AtomicBoolean asked = new AtomicBoolean();
    registry.beforeAnswers = () -> asked.set(true);
    node.stops.press();
    assertThat(node.gateway.asked).containsExactly(job.id().hex());
    assertThat(asked).isFalse();
    registry.beforeAnswers = () -> {};
    node.stops.hear();
    assertThat(node.kept(job).status()).isEqualTo(JobStatus.CANCELLING);
  }

  @Test
  void aClockThatIsSetForwardEndsNoCall() {
    node.dispatcher.submit(SteppedNode.call("a", Duration.ofSeconds(60), null), ANA);
    await().until(() -> node.gateway.began.contains("a"));
    node.clock.set(Duration.ofHours(1));
    node.look();
    assertThat(node.gateway.asked).isEmpty();
    node.clock.set(Duration.ofHours(-2));
    node.clock.advance(Duration.ofSeconds(60));
    node.look();
    assertThat(node.gateway.asked).hasSize(1);
  }

  @Test
  void aCallThatGoesOnIsAskedAgain() {
    node.gateway.deaf = true;
    Job job = begun("a");
    node.access.cancel(job.id().hex(), ANA);
    node.clock.advance(Duration.ofSeconds(1));
    node.look();
    assertThat(node.gateway.requests).hasValue(1);
    node.clock.advance(Duration.ofSeconds(1));
    node.look();
    assertThat(node.gateway.requests).hasValue(2);
  }

  @Test
  void aCancelThatComesBeforeItsWorkerIsSeenAtOnceAndKeepsTheCallOut() {
    node.holdsStarts = true;
    Job job = node.submit("a");
    node.look();
    assertThat(node.access.cancel(job.id().hex(), ANA).status()).isEqualTo(JobStatus.CANCELLING);
    node.letStart();
    awaitStatus(job, JobStatus.CANCELLED);
    assertThat(node.kept(job).stop().step()).isEqualTo(Stop.Step.NOT_STARTED);
    assertThat(node.gateway.committed).hasValue(0);
  }

  @Test
  void aCancelThatComesWhileAJobIsBeingClaimedHereIsSeenAtOnce() {
    node.gateway.deaf = true;
    begun("b");
    node.look();
    Job claimed =
        Job.queued(
                JobId.random(),
                "ana",
                SteppedNode.call("a").call(),
                JobTerms.USUAL,
                node.clock.instant())
            .claimedBy("node-a", node.clock.instant().plusMillis(1));
    node.clock.advance(Duration.ofMillis(1));
    registry.kept.add(claimed);
    node.access.cancel(claimed.id().hex(), ANA);
    node.calls.began(claimed);
    assertThat(node.access.find(claimed.id().hex(), ANA).status()).isEqualTo(JobStatus.CANCELLING);
    node.calls.ended(claimed);
  }

  @Test
  void aPersonsCancelCountsMoreThanTheNodesStop() {
    node.gateway.deaf = true;
    Job job = begun("a");
    node.stops.ask(List.of(job), Stop.Reason.SHUTDOWN, Duration.ofSeconds(4));
    node.access.cancel(job.id().hex(), ANA);
    node.gateway.deaf = false;
    awaitStatus(job, JobStatus.CANCELLED);
    assertThat(node.kept(job).stop().reason()).isEqualTo(Stop.Reason.REQUESTED);
  }

  @Test
  void aCallThatWasFasterThanItsCancelHasSucceededAndSoItSays() {
    node.gateway.deaf = true;
    Job job = begun("a");
    node.access.cancel(job.id().hex(), ANA);
    node.gateway.steps.release();
    awaitStatus(job, JobStatus.SUCCEEDED);
    assertThat(node.kept(job).stop().by()).isEqualTo("ana");
    assertThat(node.kept(job).stop().step()).isNull();
  }

  @Test
  void aCancelOnAnotherNodeReachesTheOneThatRunsTheCall() {
    Job job = begun("a");
    assertThat(other.access.cancel(job.id().hex(), ANA).status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(node.gateway.asked).isEmpty();
    node.look();
    awaitStatus(job, JobStatus.CANCELLED);
  }

  @Test
  void aCallThatDoesNotReactLosesItsSessionAndTheJobSaysSo() {
    node.gateway.deaf = true;
    Job job = begun("a");
    node.access.cancel(job.id().hex(), ANA);
    node.clock.advance(Duration.ofSeconds(29));
    node.look();
    assertThat(node.gateway.ended).isEmpty();
    node.clock.advance(Duration.ofSeconds(1));
    node.look();
    awaitStatus(job, JobStatus.CANCELLED);
    assertThat(node.kept(job).stop().step()).isEqualTo(Stop.Step.SESSION);
    assertThat(codeOf(node.kept(job))).isEqualTo(FailureCode.SESSION_ENDED);
  }

  @Test
  void aStopThatComesBeforeTheCallIsInTheDatabaseKeepsItOut() {
    Job job = node.registry.kept.find(node.submit("a").id()).orElseThrow();
    await().until(() -> node.gateway.began.contains("a"));
    Job second = begun("b");
    Job third = node.submit("c");
    // Claimed elsewhere and stopped before its worker has come to it.
    Job claimed = third.claimedBy("node-a", node.clock.instant());
    registry.kept.replace(third, claimed);
    registry.kept.replace(claimed, claimed.cancelling(stop()));
    node.calls.began(claimed);
    node.look();
    node.pool.start(node.calls.latest(claimed), null);
    awaitStatus(third, JobStatus.CANCELLED);
    assertThat(node.kept(third).stop().step()).isEqualTo(Stop.Step.NOT_STARTED);
    assertThat(node.gateway.committed).hasValue(0);
    assertThat(node.status(job)).isEqualTo(JobStatus.RUNNING);
    assertThat(node.status(second)).isEqualTo(JobStatus.RUNNING);
  }

  private Stop stop() {
    return Stop.asked(Stop.Reason.REQUESTED, "ana", node.clock.instant());
  }

  @Test
  void aCancelMayBeSentAgainAndAnEndedJobHasNothingToCancel() {
    node.gateway.deaf = true;
    Job job = begun("a");
    String id = job.id().hex();
    Job first = node.access.cancel(id, ANA);
    node.clock.advance(Duration.ofSeconds(1));
    assertThat(node.access.cancel(id, BRUNO).stop()).isEqualTo(first.stop());
    node.gateway.deaf = false;
    awaitStatus(job, JobStatus.CANCELLED);
    assertRefused(FailureCode.JOB_ENDED, () -> node.access.cancel(id, ANA));
    assertRefused(FailureCode.JOB_NOT_FOUND, () -> node.access.cancel(id, DIEGO));
  }

  private static void assertRefused(FailureCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  @Test
  void aCallThatTakesLongerThanItMayIsTimedOutInTheDatabase() {
    Job job =
        node.dispatcher.submit(SteppedNode.call("a", Duration.ofSeconds(60), null), ANA).job();
    await().until(() -> node.gateway.began.contains("a"));
    node.clock.advance(Duration.ofSeconds(59));
    node.look();
    assertThat(node.gateway.asked).isEmpty();
    node.clock.advance(Duration.ofSeconds(1));
    node.look();
    awaitStatus(job, JobStatus.TIMED_OUT);
    assertThat(codeOf(node.kept(job))).isEqualTo(FailureCode.TIMED_OUT);
    assertThat(node.kept(job).stop().reason()).isEqualTo(Stop.Reason.TIMEOUT);
  }

  @Test
  void aTimeoutDoesNotNeedTheRegistry() {
    Job job =
        node.dispatcher.submit(SteppedNode.call("a", Duration.ofSeconds(60), null), ANA).job();
    await().until(() -> node.gateway.began.contains("a"));
    registry.away = true;
    node.clock.advance(Duration.ofSeconds(60));
    node.look();
    await().until(() -> registry.refused.get() > 3);
    registry.away = false;
    awaitStatus(job, JobStatus.TIMED_OUT);
  }

  @Test
  void theTimeAProcedureMayTakeIsSetForItAndCannotBeExceeded() {
    JobRules rules =
        new JobRules(
            ProcedureRules.none(),
            ProcedureRules.parse("P=PT20S", Duration::parse),
            ProcedureRules.parse("*=PT30S", Duration::parse),
            ProcedureRules.none(),
            ProcedureRules.none());
    try (SteppedNode ruled =
        new SteppedNode("c", new UnsteadyRegistry(), SteppedNode.settings(5, rules))) {
      assertThat(ruled.submit("a").terms().timeout()).isEqualTo(Duration.ofSeconds(20));
      Submission longer = SteppedNode.call("b", Duration.ofSeconds(30), null);
      assertThat(ruled.dispatcher.submit(longer, ANA).job().terms().timeout())
          .isEqualTo(Duration.ofSeconds(30));
      Submission tooLong = SteppedNode.call("c", Duration.ofSeconds(31), null);
      assertRefused(FailureCode.INVALID_ARGUMENTS, () -> ruled.dispatcher.submit(tooLong, ANA));
      assertRefused(FailureCode.INVALID_ARGUMENTS, () -> ruled.dispatcher.validate(tooLong, ANA));
    }
  }

  @Test
  void aRunningJobThatIsToBeRemovedIsCancelledAndGoesWhenItHasEnded() {
    node.gateway.deaf = true;
    Job job = begun("a");
    String id = job.id().hex();
    assertThat(node.access.remove(id, ANA)).isFalse();
    assertThat(node.access.find(id, ANA).status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(node.access.remove(id, ANA)).isFalse();
    node.gateway.deaf = false;
    await().until(() -> registry.kept.find(job.id()).isEmpty());
    assertRefused(FailureCode.JOB_NOT_FOUND, () -> node.access.find(id, ANA));
  }

  @Test
  void aQueuedJobThatIsToBeRemovedIsGone() {
    begun("a");
    begun("b");
    Job queued = node.submit("c");
    assertThat(node.access.remove(queued.id().hex(), ANA)).isTrue();
    assertThat(registry.kept.find(queued.id())).isEmpty();
  }

  @Test
  void anOrderlyStopLetsCallsEndAndCancelsTheOthersOnRecord() {
    Job ends = begun("a");
    Job goesOn = begun("b");
    Job queued = node.submit("c");
    node.pool.stop();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(orderlyStop()::run);
    node.gateway.steps.release();
    await().until(stop::isDone);
    assertThat(stop).isCompleted();
    assertThat(node.calls.all()).isEmpty();
    assertThat(node.status(queued)).isEqualTo(JobStatus.QUEUED);
    assertThat(java.util.List.of(node.status(ends), node.status(goesOn)))
        .containsExactlyInAnyOrder(JobStatus.SUCCEEDED, JobStatus.CANCELLED);
    Job cancelled = node.status(ends) == JobStatus.CANCELLED ? node.kept(ends) : node.kept(goesOn);
    assertThat(codeOf(cancelled)).isEqualTo(FailureCode.NODE_STOPPED);
    assertThat(cancelled.stop().reason()).isEqualTo(Stop.Reason.SHUTDOWN);
  }

  private OrderlyStop orderlyStop() {
    return new OrderlyStop(node.pool, node.calls, node.stops, SETTINGS.stopping(), () -> {});
  }

  @Test
  void anOrderlyStopGivesUpOnACallThatNothingStops() {
    node.gateway.deaf = true;
    begun("a");
    node.pool.stop();
    orderlyStop().run();
    assertThat(node.calls.all()).hasSize(1);
  }

  @Test
  void anOrderlyStopEndsSessionsThoughTheRegistryDoesNotAnswer() {
    node.gateway.deaf = true;
    begun("a");
    begun("b");
    node.pool.stop();
    CountDownLatch answers = new CountDownLatch(1);
    registry.beforeAnswers = () -> uninterruptibly(answers);
    CompletableFuture<Void> stop = CompletableFuture.runAsync(orderlyStop()::run);
    await().until(() -> node.gateway.asked.size() == 2);
    node.clock.advance(Duration.ofSeconds(4));
    await().until(() -> node.gateway.ended.size() == 2);
    registry.beforeAnswers = () -> {};
    answers.countDown();
    await().until(stop::isDone);
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
