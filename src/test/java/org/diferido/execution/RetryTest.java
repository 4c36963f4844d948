package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.BRUNO;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Attempt;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureRules;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that are run again: by a person, and by themselves. */
class RetryTest {

  private static final Failure CONFLICT =
      Failure.ofDatabase(FailureCode.DATABASE_CONFLICT, "ORA-00060", "deadlock");

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private SteppedNode node = node(JobRules.NONE);

  private SteppedNode node(JobRules rules) {
    return new SteppedNode("node-a", registry, SteppedNode.settings(2, rules));
  }

  private static JobRules idempotent(int attempts) {
    return new JobRules(
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.parse("P=" + attempts, Integer::valueOf));
  }

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private Job endedWith(FailureCode code, Job job) {
    node.gateway.failure =
        code == FailureCode.DATABASE_CONFLICT
            ? CONFLICT.toException()
            : Failure.of(code, "x").toException();
    node.gateway.steps.release();
    await().until(() -> !node.status(job).isHeld() && node.calls.all().isEmpty());
    return node.kept(job);
  }

  @Test
  void whatFailedIsNotRunAgainByItself() {
    Job job = endedWith(FailureCode.DATABASE_CONFLICT, node.submit("a"));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.history()).isEmpty();
  }

  @Test
  void anIdempotentProcedureIsRunAgainAfterAPauseThatGrowsUntilItsAttemptsAreUsedUp() {
    node = node(idempotent(3));
    Job job = node.submit("a");
    for (int attempt = 1; attempt <= 2; attempt++) {
      Job waiting = endedWith(FailureCode.DATABASE_CONFLICT, job);
      assertThat(waiting.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(waiting.history()).hasSize(attempt);
      node.clock.advance(Duration.ofSeconds(10L * attempt).minusMillis(1));
      node.pool.wake();
      assertThat(node.gateway.began).hasSize(attempt);
      node.clock.advance(Duration.ofMillis(1));
      node.pool.wake();
      int next = attempt + 1;
      await().until(() -> node.gateway.began.size() == next);
    }
    Job end = endedWith(FailureCode.DATABASE_CONFLICT, job);
    assertThat(end.status()).isEqualTo(JobStatus.FAILED);
    assertThat(end.state().heldBy().orElseThrow().attempt()).isEqualTo(3);
    assertThat(end.history()).extracting(Attempt::failure).containsExactly(CONFLICT, CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCode.class,
      names = {
        "ROLLED_BACK",
        "OUTCOME_UNKNOWN",
        "NODE_GONE",
        "DATABASE_CONFLICT",
        "RESULT_NOT_STORED"
      })
  void anIdempotentProcedureIsRunAgainWhenItMayHelp(FailureCode code) {
    node = node(idempotent(2));
    assertThat(endedWith(code, node.submit("a")).status()).isEqualTo(JobStatus.QUEUED);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCode.class,
      names = {"PROCEDURE_RAISED", "DATA_ERROR", "DATABASE_ERROR", "RESULT_TOO_LARGE"})
  void anIdempotentProcedureIsNotRunAgainWhenItWouldFailAgain(FailureCode code) {
    node = node(idempotent(2));
    assertThat(endedWith(code, node.submit("a")).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void aCancelThatTheNodeHasNotHeardOfYetIsNotForgottenByARunAgain() {
    node = node(idempotent(3));
    try (SteppedNode other =
        new SteppedNode("node-b", registry, SteppedNode.settings(2, idempotent(3)))) {
      Job job = node.submit("a");
      await().until(() -> node.gateway.began.contains("a"));
      other.access.cancel(job.id().hex(), ANA);
      Job end = endedWith(FailureCode.DATABASE_CONFLICT, job);
      assertThat(end.status()).isEqualTo(JobStatus.FAILED);
      assertThat(end.stop().by()).isEqualTo("ana");
    }
  }

  @Test
  void aRunThatIsToWaitAgainDoesNotTakeALaterRunOfItsOwnNodeAway() {
    Job job =
        Job.queued(
            JobId.random(),
            "ana",
            SteppedNode.call("a").call(),
            JobTerms.USUAL,
            node.clock.instant());
    registry.kept.add(job);
    Job first = job.claimedBy("node-a", node.clock.instant());
    registry.kept.replace(job, first);
    Job waiting = first.unclaimed(null);
    registry.kept.replace(first, waiting);
    node.clock.advance(Duration.ofMillis(1));
    Job second = waiting.claimedBy("node-a", node.clock.instant());
    registry.kept.replace(waiting, second);
    assertThat(registry.kept.replace(first, waiting)).isFalse();
    assertThat(node.kept(job)).isEqualTo(second);
  }

  @Test
  void aJobThatIsClaimedHereBeforeItsEarlierRunIsOverHereWaitsForThat() {
    Job first =
        Job.queued(
            JobId.random(),
            "ana",
            SteppedNode.call("a").call(),
            JobTerms.USUAL,
            node.clock.instant());
    Job held = first.claimedBy("node-a", node.clock.instant().minusSeconds(60));
    node.calls.began(held);
    registry.kept.add(first);
    node.poll();
    assertThat(node.status(first)).isEqualTo(JobStatus.QUEUED);
    assertThat(node.gateway.began).isEmpty();
    assertThat(node.pool.isIdle()).isTrue();
    node.calls.ended(held);
    node.clock.advance(CallEnds.UNAVAILABLE_PAUSE);
    node.poll();
    await().until(() -> node.gateway.began.contains("a"));
    node.calls.ended(held);
    assertThat(node.calls.has(first.id())).as("the later run is still here").isTrue();
  }

  @Test
  void aCallThatIsBackIsNotTimedOutWhileItsEndWaitsForTheRegistry() {
    node = node(idempotent(3));
    Job job =
        node.dispatcher.submit(SteppedNode.call("a", Duration.ofSeconds(60), null), ANA).job();
    await().until(() -> node.gateway.began.contains("a"));
    registry.away = true;
    node.gateway.failure = CONFLICT.toException();
    node.gateway.steps.release();
    await().until(() -> registry.refused.get() > 0);
    node.clock.advance(Duration.ofSeconds(61));
    node.stops.press();
    registry.away = false;
    await().until(() -> node.status(job) == JobStatus.QUEUED);
    assertThat(node.gateway.asked).isEmpty();
  }

  @Test
  void afterTheDatabaseWasAwayAClockThatIsSetBackDoesNotKeepTheNodeResting() {
    Job job = node.submit("a");
    await().until(() -> node.gateway.began.contains("a"));
    node.gateway.failure = Failure.of(FailureCode.DATABASE_UNAVAILABLE).toException();
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.QUEUED && node.pool.isIdle());
    node.gateway.failure = null;
    node.clock.set(Duration.ofHours(-1));
    node.submit("b");
    node.clock.advance(CallEnds.UNAVAILABLE_PAUSE);
    node.poll();
    await().until(() -> node.gateway.began.contains("b"));
  }

  @Test
  void aJobWhoseFirstRunIsNotKnownDoesNotSayThatItWasNeverRun() {
    node = node(idempotent(3));
    Job cancelled = endedWith(FailureCode.OUTCOME_UNKNOWN, node.submit("a"));
    assertThat(node.access.cancel(cancelled.id().hex(), ANA).status()).isEqualTo(JobStatus.LOST);
    Job late =
        Job.queued(
                JobId.random(),
                "ana",
                SteppedNode.call("b").call(),
                JobTerms.of(Map.of(), node.clock.instant().plusSeconds(1)),
                node.clock.instant())
            .claimedBy("node-a", node.clock.instant());
    registry.kept.add(late);
    Failure unknown = Failure.of(FailureCode.OUTCOME_UNKNOWN);
    Job again = late.requeued(unknown, node.clock.instant(), node.clock.instant());
    registry.kept.replace(late, again);
    node.clock.advance(Duration.ofMinutes(1));
    assertThat(registry.kept.expire(node.clock.instant(), job -> {})).isZero();
  }

  @Test
  void whatWasCancelledIsNotRunAgain() {
    node = node(idempotent(5));
    Job job = node.submit("a");
    await().until(() -> node.gateway.began.contains("a"));
    node.gateway.deaf = true;
    node.access.cancel(job.id().hex(), ANA);
    // As it would be told of a call that failed for something else just then, and may be tried
    // again.
    node.gateway.failure = CONFLICT.toException();
    node.gateway.steps.release();
    await().until(() -> node.status(job).isEnd());
    assertThat(node.kept(job).history()).isEmpty();
  }

  private SteppedNode within(String usual, String most) {
    return node(
        new JobRules(
            ProcedureRules.none(),
            ProcedureRules.parse(usual, Duration::parse),
            ProcedureRules.parse(most, Duration::parse),
            ProcedureRules.none(),
            ProcedureRules.none()));
  }

  @Test
  void aRetryHasTheTimeOfTodayUnlessItsCallerAskedForItself() {
    node = within("P=PT2H", "");
    Job usual = endedWith(FailureCode.DATABASE_ERROR, node.submit("a"));
    Job asked =
        endedWith(
            FailureCode.DATABASE_ERROR,
            node.dispatcher.submit(SteppedNode.call("b", Duration.ofHours(3), null), ANA).job());
    node.gateway.failure = null;
    node = within("P=PT8H", "");
    assertThat(retried(usual)).isEqualTo(Duration.ofHours(8));
    assertThat(retried(asked)).isEqualTo(Duration.ofHours(3));
    node = within("P=PT8H", "P=PT1H");
    assertThat(retried(usual)).isEqualTo(Duration.ofHours(1));
    assertThat(retried(asked)).isEqualTo(Duration.ofHours(1));
  }

  private Duration retried(Job job) {
    return node.dispatcher.retry(job.id().hex(), null, ANA).job().terms().timeout();
  }

  @Test
  void aRetryStartsBeforeTheSameTimeUnlessThatHasGoneBy() {
    Instant time = node.clock.instant().plusSeconds(60);
    Submission urgent = new Submission(SteppedNode.call("a").call(), Map.of(), time);
    Job job = endedWith(FailureCode.DATABASE_ERROR, node.dispatcher.submit(urgent, ANA).job());
    node.gateway.failure = null;
    String id = job.id().hex();
    assertThat(node.dispatcher.retry(id, null, ANA).job().terms().startBefore()).isEqualTo(time);
    node.clock.advance(Duration.ofSeconds(60));
    assertThat(node.dispatcher.retry(id, null, ANA).job().terms().startBefore()).isNull();
  }

  @Test
  void aCallThatCouldNotBeBegunSinceTheDatabaseWasAwayWaitsForItWhateverTheProcedure() {
    Job job = endedWith(FailureCode.DATABASE_UNAVAILABLE, node.submit("a"));
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.history()).isEmpty();
    node.gateway.failure = null;
    node.gateway.steps.release();
    node.clock.advance(Duration.ofSeconds(5));
    node.pool.wake();
    await().until(() -> node.status(job) == JobStatus.SUCCEEDED);
    assertThat(node.kept(job).state().heldBy().orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void whileTheDatabaseIsAwayWhatWaitsIsNotTriedOneAfterTheOther() {
    node.gateway.failure = Failure.of(FailureCode.DATABASE_UNAVAILABLE, "x").toException();
    List<Job> jobs = Stream.of("a", "b", "c", "d").map(node::submit).toList();
    node.gateway.steps.release(2);
    await().until(() -> node.calls.all().isEmpty());
    node.pool.wake();
    node.submit("e");
    assertThat(node.gateway.began).containsExactlyInAnyOrder("a", "b");
    node.gateway.failure = null;
    node.gateway.steps.release(jobs.size() + 1);
    node.clock.advance(Duration.ofSeconds(5));
    node.pool.wake();
    await()
        .untilAsserted(
            () -> assertThat(jobs).extracting(node::status).containsOnly(JobStatus.SUCCEEDED));
  }

  @Test
  void aPersonMakesAnEndedJobAgainAsANewOneOfTheSameOwner() {
    Job job = endedWith(FailureCode.DATABASE_CONFLICT, node.submit("a"));
    node.gateway.failure = null;
    String id = job.id().hex();
    Job again = node.dispatcher.retry(id, null, BRUNO).job();
    assertThat(again.id()).isNotEqualTo(job.id());
    assertThat(again.owner()).isEqualTo("ana");
    assertThat(again.terms().retryOf()).isEqualTo(job.id());
    assertThat(again.call()).isEqualTo(job.call());
    assertRefused(FailureCode.JOB_NOT_FOUND, () -> node.dispatcher.retry(id, null, DIEGO));
    String live = again.id().hex();
    assertRefused(FailureCode.JOB_NOT_ENDED, () -> node.dispatcher.retry(live, null, ANA));
  }

  private static void assertRefused(FailureCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  @Test
  void aRetryThatIsSentAgainMakesNoOther() {
    String id = endedWith(FailureCode.DATABASE_CONFLICT, node.submit("a")).id().hex();
    SubmitKey key = SubmitKey.of("ana", "k", "retry " + id);
    Accepted first = node.dispatcher.retry(id, key, ANA);
    Accepted second = node.dispatcher.retry(id, key, ANA);
    assertThat(second.job().id()).isEqualTo(first.job().id());
    assertThat(second.replayed()).isTrue();
  }

  @Test
  void aJobWithSecretsCannotBeMadeAgain() {
    node.gateway.signatures = List.of(SteppedGateway.signature("P_CLAVE"));
    ProcedureCall call =
        new ProcedureCall(
            ProcedureName.parse("P", null),
            null,
            false,
            List.of(new Argument("p_clave", "s3", true, null, null, false)));
    Job job = node.dispatcher.submit(new Submission(call, Map.of(), null), ANA).job();
    String id = endedWith(FailureCode.DATABASE_CONFLICT, job).id().hex();
    assertRefused(FailureCode.SECRETS_FORGOTTEN, () -> node.dispatcher.retry(id, null, ANA));
  }

  @Test
  void aQueuedJobWhoseNameMeansAnotherProcedureByNowIsNotRun() {
    node.submit("a");
    node.submit("b");
    Job queued = node.submit("c");
    node.gateway.signatures =
        List.of(
            new Signature(
                new QualifiedName("OTHER", null, "P", true),
                "P_1",
                SteppedGateway.signature("TEXT").parameters(),
                null));
    node.gateway.steps.release(2);
    await().until(() -> node.status(queued).isEnd());
    assertThat(node.kept(queued).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.PROCEDURE_NOT_FOUND);
  }

  @Test
  void aNodeThatWasTakenForDeadBeforeItsCallHasBegunDoesNotBeginIt() {
    Job job =
        Job.queued(
            JobId.random(),
            "ana",
            SteppedNode.call("a").call(),
            JobTerms.USUAL,
            node.clock.instant());
    Job claimed = job.claimedBy("node-a", node.clock.instant());
    registry.add(claimed);
    Job lost = claimed.lost(Failure.of(FailureCode.NODE_GONE, "node-a"), node.clock.instant());
    registry.replace(claimed, lost);
    node.clock.advance(Duration.ofSeconds(30));
    node.gateway.steps.release();
    node.pool.start(claimed, null);
    await().until(() -> node.gateway.began.contains("a") && node.calls.all().isEmpty());
    assertThat(node.gateway.committed).hasValue(0);
    assertThat(node.kept(job)).isEqualTo(lost);
  }
}
