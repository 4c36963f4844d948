package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.BRUNO;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.SampleJobs;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.security.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All jobs that match, cancelled or made again. */
class ManyJobsTest {

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node =
      new SteppedNode("node-a", registry, SteppedNode.settings(2, JobRules.NONE));
  private final ManyJobs many = new ManyJobs(registry, node.access, node.dispatcher);

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private List<Job> submitted(int count) {
    return Stream.generate(() -> node.submit("x")).limit(count).toList();
  }

  private ManyCancelled cancel(int most, Caller caller) {
    return many.cancel(JobFilter.ALL, most, caller);
  }

  private ManyRetried retry(String request, Caller caller, JobStatus... named) {
    return many.retry(JobFilter.ALL, Set.of(named), 100, null, request, caller);
  }

  /** A job of ana's that is in the registry as it has ended. */
  private Job ended(JobStatus status) {
    Job job =
        Job.queued(
            JobId.random(),
            "ana",
            SteppedNode.call("x").call(),
            JobTerms.USUAL,
            node.clock.instant());
    Job running = job.claimedBy("node-b", node.clock.instant());
    Failure failure = Failure.of(FailureCode.DATABASE_CONFLICT, "x");
    Stop.Reason reason =
        status == JobStatus.TIMED_OUT ? Stop.Reason.TIMEOUT : Stop.Reason.REQUESTED;
    Stop stop = Stop.asked(reason, "bruno", node.clock.instant());
    Job end =
        switch (status) {
          case SUCCEEDED -> running.succeeded(SampleJobs.RESULT, node.clock.instant());
          case FAILED -> running.failed(failure, node.clock.instant());
          case CANCELLED, TIMED_OUT ->
              running.cancelling(stop).stopped(Stop.Step.STATEMENT, failure, node.clock.instant());
          case EXPIRED -> job.expired(node.clock.instant());
          case LOST -> running.lost(failure, node.clock.instant());
          default -> throw new IllegalArgumentException();
        };
    registry.kept.add(end);
    return end;
  }

  private void fail(Job job) {
    node.gateway.failure = Failure.of(FailureCode.DATABASE_CONFLICT, "x").toException();
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.FAILED && node.calls.all().isEmpty());
    node.gateway.failure = null;
  }

  private static List<JobId> originals(ManyRetried done) {
    return done.retried().stream().map(job -> job.terms().retryOf()).toList();
  }

  @Test
  void whatWaitsIsCancelledAtOnceAndNeverTakesThePlaceOfWhatRuns() {
    List<Job> jobs = submitted(5);
    await().until(() -> node.gateway.running.get() == 2);
    assertThat(cancel(100, ANA)).isEqualTo(new ManyCancelled(3, 2, 0, false));
    await()
        .untilAsserted(
            () -> assertThat(jobs).extracting(node::status).containsOnly(JobStatus.CANCELLED));
    assertThat(node.gateway.began).hasSize(2);
    assertThat(jobs).extracting(job -> node.kept(job).stop().by()).containsOnly("ana");
  }

  @Test
  void theSameRequestOnceMoreLeavesAloneWhatWasAsked() {
    node.gateway.deaf = true;
    submitted(2);
    await().until(() -> node.gateway.running.get() == 2);
    assertThat(cancel(100, ANA).cancelling()).isEqualTo(2);
    assertThat(cancel(100, BRUNO)).isEqualTo(ManyCancelled.NONE);
  }

  @Test
  void ofVeryManySoManyAreCancelledAtOnceAndTheRestByTheNextRequests() {
    submitted(7);
    await().until(() -> node.gateway.running.get() == 2);
    assertThat(cancel(3, ANA)).isEqualTo(new ManyCancelled(3, 0, 0, true));
    assertThat(cancel(3, ANA)).isEqualTo(new ManyCancelled(2, 1, 0, true));
    assertThat(cancel(3, ANA)).isEqualTo(new ManyCancelled(0, 1, 0, false));
  }

  @Test
  void aCallerReachesItsOwnJobsAndAnOperatorEverybodys() {
    submitted(4);
    assertThat(cancel(100, DIEGO)).isEqualTo(ManyCancelled.NONE);
    JobFilter ofAna = new JobFilter("ana", Set.of(), null);
    assertThat(many.cancel(ofAna, 100, DIEGO)).isEqualTo(ManyCancelled.NONE);
    assertThat(many.cancel(new JobFilter("diego", Set.of(), null), 100, BRUNO).matched()).isZero();
    assertThat(many.cancel(ofAna, 100, BRUNO).matched()).isEqualTo(4);
  }

  @Test
  void whatFailedIsMadeAgainInTheOrderOfOldAndOnlyOnce() {
    List<Job> failed = List.of(ended(JobStatus.FAILED), ended(JobStatus.FAILED));
    ManyRetried done = retry(null, BRUNO);
    assertThat(originals(done)).isEqualTo(failed.stream().map(Job::id).toList());
    assertThat(done.retried()).extracting(Job::owner).containsOnly("ana");
    assertThat(done.skipped()).isEmpty();
    assertThat(done.more()).isFalse();
    ManyRetried again = retry(null, BRUNO);
    assertThat(again.retried()).isEmpty();
    assertThat(again.skipped())
        .extracting(each -> each.why().code())
        .containsExactly(FailureCode.JOB_RETRIED, FailureCode.JOB_RETRIED);
  }

  @Test
  void whatSomebodyMadeAgainByHandIsNotMadeOnceMore() {
    Job failed = ended(JobStatus.FAILED);
    node.dispatcher.retry(failed.id().hex(), null, ANA);
    assertThat(retry(null, ANA).retried()).isEmpty();
  }

  @Test
  void whatFailedAgainIsTheOneThatIsMadeAgain() {
    Job first = ended(JobStatus.FAILED);
    Job second = retry(null, ANA).retried().get(0);
    fail(second);
    ManyRetried done = retry(null, ANA);
    assertThat(originals(done)).containsExactly(second.id());
    assertThat(done.skipped()).extracting(ManyRetried.Skipped::id).containsExactly(first.id());
  }

  @Test
  void aRequestThatIsSentAgainTellsTheSameAndMakesNothing() {
    ended(JobStatus.FAILED);
    ManyRetried done = retry("clave-1", ANA);
    fail(done.retried().get(0));
    long before = total();
    ManyRetried again = retry("clave-1", ANA);
    assertThat(again.retried()).extracting(Job::id).containsExactly(done.retried().get(0).id());
    assertThat(again.skipped())
        .extracting(ManyRetried.Skipped::id)
        .containsExactly(done.retried().get(0).id());
    assertThat(total()).isEqualTo(before);
    assertThat(originals(retry("clave-2", ANA))).containsExactly(done.retried().get(0).id());
  }

  private long total() {
    return registry.kept.list(JobFilter.ALL, 1, null).total();
  }

  @Test
  void whatWasStoppedOrDoneOrMayHaveBeenDoneIsMadeAgainOnlyIfItIsNamed() {
    Map<JobStatus, JobId> ends =
        JobStatus.ENDS.stream().collect(Collectors.toMap(each -> each, each -> ended(each).id()));
    assertThat(originals(retry(null, ANA)))
        .containsExactlyInAnyOrder(
            ends.get(JobStatus.FAILED), ends.get(JobStatus.TIMED_OUT), ends.get(JobStatus.EXPIRED));
    assertThat(originals(retry(null, ANA, JobStatus.LOST, JobStatus.RUNNING)))
        .containsExactly(ends.get(JobStatus.LOST));
    assertThat(originals(retry(null, ANA, JobStatus.CANCELLED, JobStatus.SUCCEEDED)))
        .containsExactlyInAnyOrder(ends.get(JobStatus.CANCELLED), ends.get(JobStatus.SUCCEEDED));
  }

  @Test
  void whatCannotBeMadeAgainIsToldWithItsReasonAndHoldsNothingUp() {
    ProcedureCall secret =
        new ProcedureCall(
                ProcedureName.parse("P", null),
                null,
                false,
                List.of(new Argument("p_clave", "s3", true, null, null, false)))
            .withSecrets(Set.of(0));
    Job withSecret =
        Job.queued(JobId.random(), "ana", secret, JobTerms.USUAL, node.clock.instant())
            .failed(Failure.of(FailureCode.SIGNATURE_CHANGED, "x"), node.clock.instant());
    registry.kept.add(withSecret);
    Job other = ended(JobStatus.FAILED);
    ManyRetried done = retry(null, ANA);
    assertThat(originals(done)).containsExactly(other.id());
    assertThat(done.skipped())
        .containsExactly(
            new ManyRetried.Skipped(withSecret.id(), Failure.of(FailureCode.SECRETS_FORGOTTEN)));
    ended(JobStatus.FAILED);
    ManyRetried notGranted = retry(null, new Caller("ana", Set.of("others")));
    assertThat(notGranted.retried()).isEmpty();
    assertThat(notGranted.skipped())
        .extracting(each -> each.why().code())
        .contains(FailureCode.PROCEDURE_NOT_GRANTED);
  }

  @Test
  void aLimitEndsTheRequestAndTheNextOneGoesOnFromThere() {
    SteppedNode slow =
        new SteppedNode(
            "node-b",
            registry,
            SteppedNode.settings(
                2, JobRules.NONE, new ServiceSettings.CallerLimits(2, 80, null, 2, 10)));
    try {
      ManyJobs limited = new ManyJobs(registry, slow.access, slow.dispatcher);
      for (int at = 0; at < 3; at++) {
        ended(JobStatus.FAILED);
      }
      ManyRetried done = limited.retry(JobFilter.ALL, Set.of(), 100, null, null, ANA);
      assertThat(done.retried()).hasSize(2);
      assertThat(done.stopped().code()).isEqualTo(FailureCode.TOO_MANY_SUBMITS);
      assertThat(done.retryAfter()).isPositive();
      assertThat(done.more()).isTrue();
      slow.clock.advance(done.retryAfter());
      ManyRetried rest = limited.retry(JobFilter.ALL, Set.of(), 100, null, null, ANA);
      assertThat(rest.retried()).hasSize(1);
      assertThat(rest.more()).isFalse();
    } finally {
      slow.close();
    }
  }

  @Test
  void whatHoldsForTheFirstIsTheAnswer() {
    ended(JobStatus.FAILED);
    node.pool.stop();
    assertThatThrownBy(() -> retry(null, ANA))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.SHUTTING_DOWN));
  }

  @Test
  void pageByPageEveryJobIsMadeAgainOnce() {
    for (int at = 0; at < 5; at++) {
      ended(JobStatus.FAILED);
    }
    List<JobId> done = new ArrayList<>();
    Long from = null;
    do {
      ManyRetried part = many.retry(JobFilter.ALL, Set.of(), 2, from, null, ANA);
      done.addAll(originals(part));
      from = part.next();
    } while (from != null);
    assertThat(done).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void ofSeveralAtOnceEachJobIsMadeAgainByOne() throws Exception {
    for (int at = 0; at < 8; at++) {
      ended(JobStatus.FAILED);
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<ManyRetried>> requests =
          Stream.<Callable<ManyRetried>>generate(() -> () -> retry(null, BRUNO)).limit(4).toList();
      for (Future<ManyRetried> each : threads.invokeAll(requests)) {
        assertThat(each.get().matched()).isGreaterThanOrEqualTo(8);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(total()).isEqualTo(16);
  }
}
