package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims that are in the registry, while no worker knows of them. */
class StrayClaimsTest {

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node =
      new SteppedNode("node-a", registry, SteppedNode.settings(2, JobRules.NONE));

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private Job claimedWithoutAnAnswer() {
    Job job =
        Job.queued(
            JobId.random(),
            "ana",
            SteppedNode.call("a").call(),
            JobTerms.USUAL,
            node.clock.instant());
    registry.kept.add(job);
    registry.losesAnswers = true;
    node.pool.wake();
    registry.losesAnswers = false;
    assertThat(node.status(job)).isEqualTo(JobStatus.RUNNING);
    assertThat(node.gateway.began).isEmpty();
    return job;
  }

  private void settle() {
    node.poll();
    node.clock.advance(StrayClaims.PATIENCE);
    node.poll();
    node.pool.wake();
  }

  private void assertRuns(Job job) {
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.SUCCEEDED);
    assertThat(node.gateway.began).hasSize(1);
  }

  @Test
  void aClaimWhoseAnswerWasLostWaitsAgainAndRunsOnce() {
    Job job = claimedWithoutAnAnswer();
    node.poll();
    assertThat(node.status(job)).as("at first sight").isEqualTo(JobStatus.RUNNING);
    settle();
    assertRuns(job);
  }

  @Test
  void oneThatSomebodyCancelledMeanwhileIsCancelled() {
    Job job = claimedWithoutAnAnswer();
    assertThat(node.access.cancel(job.id().hex(), ANA).status()).isEqualTo(JobStatus.CANCELLING);
    settle();
    assertThat(node.status(job)).isEqualTo(JobStatus.CANCELLED);
    assertThat(node.gateway.began).isEmpty();
  }

  static Stream<Throwable> refusals() {
    return Stream.of(
        new RejectedExecutionException("full"), new OutOfMemoryError("no thread to be had"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aJobThatFindsNoThreadWaitsAgainAndItsWorkerIsFree(Throwable refusal) {
    node.refusal = refusal;
    Job job = node.submit("a");
    assertThat(node.pool.isIdle()).isTrue();
    node.refusal = null;
    assertThat(node.status(job)).isEqualTo(JobStatus.QUEUED);
    node.clock.advance(CallEnds.UNAVAILABLE_PAUSE);
    node.poll();
    assertRuns(job);
  }

  @Test
  void callsThatRunAreNotAstrayHoweverLong() {
    claimedWithoutAnAnswer();
    Job running = node.submit("b");
    await().until(() -> node.gateway.began.contains("b"));
    settle();
    node.clock.advance(Duration.ofMinutes(1));
    settle();
    assertThat(node.status(running)).isEqualTo(JobStatus.RUNNING);
    assertThat(node.kept(running).state().heldBy().orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void aNodeIsKnownToTheOthersBeforeItClaims() {
    UnsteadyRegistry fresh = new UnsteadyRegistry();
    fresh.away = true;
    try (SteppedNode late =
        new SteppedNode("node-z", fresh, SteppedNode.settings(2, JobRules.NONE))) {
      fresh.away = false;
      Job job = late.submit("a");
      await().until(() -> late.gateway.began.contains("a"));
      assertThat(fresh.kept.orphans(null)).isEmpty();
      assertThat(late.status(job)).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  void withoutATroubleTheRegistryIsNotAsked() {
    node.submit("a");
    registry.away = true;
    node.pool.settleStrays(node.admission::isDoubtful);
    assertThat(registry.refused).hasValue(0);
  }

  @Test
  void aRefusedJobThatComesIntoTheRegistryLaterIsTakenOut() {
    registry.away = true;
    assertThatThrownBy(() -> node.submit("a")).isInstanceOf(FailureException.class);
    registry.away = false;
    node.admission.settleDoubts();
    Job late = registry.refusedJobs.get(0);
    registry.kept.add(late);
    node.clock.advance(JobAdmission.LONGEST_ON_ITS_WAY);
    node.admission.settleDoubts();
    assertThat(registry.kept.find(late.id())).isEmpty();
  }

  @Test
  void aRefusedJobThatComesInLateIsNeverRunHoweverOftenTheNodeLooks() {
    registry.away = true;
    assertThatThrownBy(() -> node.submit("a")).isInstanceOf(FailureException.class);
    registry.away = false;
    node.poll();
    Job late = registry.refusedJobs.get(0);
    registry.kept.add(late);
    for (int looks = 0; looks < 50; looks++) {
      node.clock.advance(Duration.ofSeconds(2));
      node.poll();
    }
    assertThat(registry.kept.find(late.id())).isEmpty();
    assertThat(node.gateway.began).isEmpty();
  }

  @Test
  void aRefusedJobThatWaitsByNowIsTakenOut() {
    registry.away = true;
    assertThatThrownBy(() -> node.submit("a")).isInstanceOf(FailureException.class);
    registry.away = false;
    Job late = registry.refusedJobs.get(0);
    registry.kept.add(late.unclaimed(null));
    node.admission.settleDoubts();
    assertThat(registry.kept.find(late.id())).isEmpty();
  }

  @Test
  void aJobWithSecretsThatOnlyTheRegistryHasIsNotRunWithTheirMasks() {
    Argument secret = new Argument("text", "***", true, null, null, true);
    Job job =
        Job.queued(
            JobId.random(),
            "ana",
            new ProcedureCall(ProcedureName.parse("P", null), null, false, List.of(secret)),
            JobTerms.USUAL,
            node.clock.instant());
    registry.kept.add(job);
    registry.losesAnswers = true;
    node.pool.wake();
    registry.losesAnswers = false;
    settle();
    assertThat(node.status(job)).isEqualTo(JobStatus.FAILED);
    assertThat(node.kept(job).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.SECRETS_NOT_KEPT);
    assertThat(node.gateway.began).isEmpty();
  }

  @Test
  void theSuspicionDoesNotEndWithAClockThatIsSetForward() {
    Job job = claimedWithoutAnAnswer();
    node.clock.set(Duration.ofHours(1));
    settle();
    assertRuns(job);
  }

  @Test
  void aDoubtfulOneThatIsCancelledByWhoKnowsItsKeyIsCancelled() {
    SubmitKey key = SubmitKey.of("ana", "k", "x");
    registry.losesAdditions = true;
    assertThatThrownBy(() -> node.dispatcher.submit(SteppedNode.call("a", null, key), ANA))
        .isInstanceOf(FailureException.class);
    registry.losesAdditions = false;
    Job job = node.dispatcher.submit(SteppedNode.call("a", null, key), ANA).job();
    node.access.cancel(job.id().hex(), ANA);
    node.admission.settleDoubts();
    settle();
    assertThat(node.status(job)).isEqualTo(JobStatus.CANCELLED);
    assertThat(List.copyOf(node.gateway.began)).isEmpty();
  }
}
