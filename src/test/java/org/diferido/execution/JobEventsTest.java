package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;

import java.time.Duration;
import java.util.List;
import org.diferido.execution.SteppedGateway.Commit;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.RecordedEvents;
import org.diferido.job.Stop;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of jobs: each thing once, however it came about. */
class JobEventsTest {

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final RecordedEvents events = new RecordedEvents();
  private SteppedNode node = node(JobRules.NONE);

  private SteppedNode node(JobRules rules) {
    return new SteppedNode("node-a", registry, SteppedNode.settings(2, rules), events);
  }

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private Job begun(String text) {
    Job job = node.submit(text);
    await().until(() -> node.gateway.began.contains(text));
    return job;
  }

  /** When nothing is on its way any more that could be told. */
  private List<JobStatus> toldEnds() {
    await().until(() -> node.calls.snapshot().jobs().isEmpty() && node.pool.isIdle());
    return events.ended.stream().map(Job::status).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobThatSucceedsIsToldAtEachStep(boolean inTheCallsTransaction) {
    registry.joins = inTheCallsTransaction;
    Job job = begun("a");
    assertThat(events.accepted).extracting(Job::id).containsExactly(job.id());
    await().until(() -> events.began.size() == 1);
    assertThat(events.returned).isEmpty();
    node.clock.advance(Duration.ofSeconds(7));
    node.gateway.steps.release();
    assertThat(toldEnds()).containsExactly(JobStatus.SUCCEEDED);
    assertThat(events.ended.get(0)).isEqualTo(node.kept(job));
    assertThat(events.returned).containsExactly(Duration.ofSeconds(7));
    assertThat(events.began).hasSize(1);
    assertThat(events.accepted).hasSize(1);
  }

  @Test
  void aJobThatWaitedIsToldLikeOneThatDidNot() {
    begun("a");
    begun("b");
    Job waiting = node.submit("c");
    assertThat(events.accepted).hasSize(3);
    assertThat(events.began).hasSize(2);
    node.gateway.steps.release(3);
    await().until(() -> node.status(waiting) == JobStatus.SUCCEEDED);
    assertThat(toldEnds()).hasSize(3);
    assertThat(events.began).hasSize(3);
  }

  @Test
  void aJobThatFailsIsToldOnce() {
    node.gateway.failure = Failure.of(FailureCode.DATA_ERROR).toException();
    begun("a");
    node.gateway.steps.release();
    assertThat(toldEnds()).containsExactly(JobStatus.FAILED);
    assertThat(events.returned).hasSize(1);
  }

  @Test
  void aCallThatIsNotMadeHasNeitherBegunNorReturned() {
    begun("a");
    begun("b");
    Job waiting = node.submit("c");
    node.gateway.signatures = List.of();
    node.gateway.steps.release(2);
    await().until(() -> node.status(waiting) == JobStatus.FAILED);
    assertThat(toldEnds())
        .containsExactlyInAnyOrder(JobStatus.SUCCEEDED, JobStatus.SUCCEEDED, JobStatus.FAILED);
    assertThat(events.began).hasSize(2);
    assertThat(events.returned).hasSize(2);
  }

  @Test
  void aCancelledJobIsToldWithWhatEndedIt() {
    Job running = begun("a");
    begun("b");
    Job waiting = node.submit("c");
    node.access.cancel(waiting.id().hex(), ANA);
    node.access.cancel(running.id().hex(), ANA);
    await().until(() -> node.status(running) == JobStatus.CANCELLED);
    node.gateway.steps.release();
    assertThat(toldEnds())
        .containsExactlyInAnyOrder(JobStatus.CANCELLED, JobStatus.CANCELLED, JobStatus.SUCCEEDED);
    assertThat(events.ended)
        .filteredOn(job -> job.status() == JobStatus.CANCELLED)
        .extracting(job -> job.stop().step())
        .containsExactlyInAnyOrder(Stop.Step.NOT_STARTED, Stop.Step.STATEMENT);
  }

  @Test
  void aCallWhoseSessionHadToBeEndedIsToldSo() {
    node.gateway.deaf = true;
    Job job = begun("a");
    node.access.cancel(job.id().hex(), ANA);
    node.clock.advance(Duration.ofSeconds(30));
    node.look();
    assertThat(toldEnds()).containsExactly(JobStatus.CANCELLED);
    assertThat(events.ended.get(0).stop().step()).isEqualTo(Stop.Step.SESSION);
  }

  @Test
  void aLostJobIsToldOnce() {
    node.gateway.commit = Commit.UNDONE_WITHOUT_AN_ANSWER;
    begun("a");
    node.gateway.steps.release();
    assertThat(toldEnds()).containsExactly(JobStatus.LOST);
  }

  @Test
  void anEndThatIsRecordedLateIsToldOnceAndNotBefore() {
    begun("a");
    registry.away = true;
    node.gateway.steps.release();
    await().until(() -> registry.refused.get() >= 2);
    assertThat(events.ended).isEmpty();
    registry.away = false;
    assertThat(toldEnds()).containsExactly(JobStatus.SUCCEEDED);
  }

  @Test
  void anEndWhoseAnswerWasLostIsToldOnce() {
    Job job = begun("a");
    registry.losesAnswers = true;
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.SUCCEEDED);
    await().until(() -> registry.refused.get() >= 1);
    registry.losesAnswers = false;
    assertThat(toldEnds()).containsExactly(JobStatus.SUCCEEDED);
  }

  @Test
  void aCommitWithoutAnAnswerThatWasDoneIsToldAsASuccess() {
    registry.joins = true;
    node.gateway.commit = Commit.DONE_WITHOUT_AN_ANSWER;
    begun("a");
    node.gateway.steps.release();
    assertThat(toldEnds()).containsExactly(JobStatus.SUCCEEDED);
  }

  @Test
  void soIsOneOfAProcedureThatMayBeRunAgain() {
    node.close();
    node = node(idempotent());
    registry.joins = true;
    node.gateway.commit = Commit.DONE_WITHOUT_AN_ANSWER;
    begun("a");
    node.gateway.steps.release();
    assertThat(toldEnds()).containsExactly(JobStatus.SUCCEEDED);
  }

  private static JobRules idempotent() {
    return new JobRules(
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.none(),
        ProcedureRules.parse("P=2", Integer::valueOf));
  }

  @Test
  void aCommitWithoutAnAnswerThatWasNotDoneIsToldAsAFailure() {
    registry.joins = true;
    node.gateway.commit = Commit.UNDONE_WITHOUT_AN_ANSWER;
    begun("a");
    node.gateway.steps.release();
    assertThat(toldEnds()).containsExactly(JobStatus.FAILED);
  }

  @Test
  void eachRunOfAJobIsToldAndItsEndOnce() {
    node.close();
    node = node(idempotent());
    node.gateway.failure = Failure.of(FailureCode.DATABASE_CONFLICT).toException();
    Job job = begun("a");
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.QUEUED);
    assertThat(toldEnds()).isEmpty();
    node.clock.advance(Duration.ofSeconds(10));
    node.pool.wake();
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.FAILED);
    assertThat(toldEnds()).containsExactly(JobStatus.FAILED);
    assertThat(events.began).hasSize(2);
    assertThat(events.returned).hasSize(2);
    assertThat(events.accepted).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnotherNodeSaidOfAJobIsNotToldHere(boolean unknownHereAsWell) {
    if (unknownHereAsWell) {
      node.gateway.commit = Commit.UNDONE_WITHOUT_AN_ANSWER;
    }
    Job job = begun("a");
    Failure gone = Failure.of(FailureCode.NODE_GONE, "node-a");
    registry.kept.update(job.id(), running -> running.lost(gone, node.clock.instant()));
    node.gateway.steps.release();
    assertThat(toldEnds()).isEmpty();
    assertThat(node.status(job)).isEqualTo(JobStatus.LOST);
  }

  @Test
  void whatIsRefusedOrKnownByItsKeyIsNotAcceptedAgain() {
    SubmitKey key = SubmitKey.of("ana", "k", "r");
    node.dispatcher.submit(SteppedNode.call("a", null, key), ANA);
    node.dispatcher.submit(SteppedNode.call("a", null, key), ANA);
    registry.away = true;
    assertThatThrownBy(() -> node.submit("b")).isInstanceOf(FailureException.class);
    registry.away = false;
    node.gateway.signatures = List.of();
    assertThatThrownBy(() -> node.submit("c")).isInstanceOf(FailureException.class);
    assertThat(events.accepted).hasSize(1);
  }

  @Test
  void whatCouldNotBeClaimedIsTold() {
    Job job = begun("a");
    Job broken =
        Job.queued(JobId.random(), "ana", job.call(), job.terms(), node.clock.instant())
            .failedUnbegun(Failure.of(FailureCode.SECRETS_NOT_KEPT), node.clock.instant());
    registry.unclaimable.add(broken);
    node.pool.wake();
    assertThat(events.ended).containsExactly(broken);
  }

  @Test
  void aClaimWithoutAWorkerThatSomebodyCancelledIsTold() {
    Job busy = begun("a");
    begun("b");
    Job waiting = node.submit("c");
    // As if this node had claimed it, and never heard so.
    registry.kept.update(waiting.id(), queued -> queued.claimedBy("node-a", node.clock.instant()));
    node.pool.suspectStrays();
    node.access.cancel(waiting.id().hex(), ANA);
    node.poll();
    node.clock.advance(StrayClaims.PATIENCE);
    node.poll();
    assertThat(events.ended)
        .extracting(Job::id, Job::status)
        .containsExactly(tuple(waiting.id(), JobStatus.CANCELLED));
    assertThat(node.status(busy)).isEqualTo(JobStatus.RUNNING);
  }
}
