package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.diferido.HandClock;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.RetryPolicy;
import org.diferido.job.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the failure of a call means for its job. */
class CallEndsTest {

  private final HandClock clock = new HandClock();
  private final CallEnds ends = new CallEnds(new RetryPolicy(Duration.ofSeconds(10)), clock);
  private final Job running =
      Job.queued(
              JobId.random(), "ana", SteppedNode.call("a").call(), JobTerms.USUAL, clock.instant())
          .claimedBy("node-a", clock.instant());

  private Job asked(Stop.Reason reason) {
    return running.cancelling(Stop.asked(reason, "bruno", clock.instant()));
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTED, CANCELLED, true, CANCELLED, STATEMENT, CANCELLED",
    "REQUESTED, SESSION_ENDED, true, CANCELLED, SESSION, SESSION_ENDED",
    "REQUESTED, CANCELLED, false, CANCELLED, NOT_STARTED, CANCELLED_UNSTARTED",
    "REQUESTED, DATABASE_UNAVAILABLE, false, CANCELLED, NOT_STARTED, CANCELLED_UNSTARTED",
    "REQUESTED, REGISTRY_UNAVAILABLE, false, CANCELLED, NOT_STARTED, CANCELLED_UNSTARTED",
    "TIMEOUT, CANCELLED, true, TIMED_OUT, STATEMENT, TIMED_OUT",
    "SHUTDOWN, CANCELLED, true, CANCELLED, STATEMENT, NODE_STOPPED",
  })
  void whoWasAskedToStopAndDidSaysWhatEndedIt(
      Stop.Reason reason,
      FailureCode code,
      boolean begun,
      JobStatus status,
      Stop.Step step,
      FailureCode told) {
    Job end = ends.ended(asked(reason), Failure.of(code, "x"), begun);
    assertThat(end.status()).isEqualTo(status);
    assertThat(end.stop().step()).isEqualTo(step);
    assertThat(end.state().failed().orElseThrow().code()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"PROCEDURE_RAISED, FAILED", "ROLLED_BACK, FAILED", "OUTCOME_UNKNOWN, LOST"})
  void whoWasAskedToStopButFailedByItselfSaysThat(FailureCode code, JobStatus status) {
    Job end = ends.ended(asked(Stop.Reason.REQUESTED), Failure.of(code, "x"), true);
    assertThat(end.status()).isEqualTo(status);
    assertThat(end.state().failed().orElseThrow().code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELLED, false",
    "DATABASE_UNAVAILABLE, false",
    "DATABASE_REFUSED, false",
    "REGISTRY_UNAVAILABLE, false"
  })
  void whatWasNotBegunWhenTheNodeStopsWaitsAgainAtOnce(FailureCode code, boolean begun) {
    Job again = ends.ended(asked(Stop.Reason.SHUTDOWN), Failure.of(code, "x"), begun);
    assertThat(again.state()).isEqualTo(new JobState.Queued(null));
  }

  @ParameterizedTest
  @CsvSource({"CANCELLED", "DATABASE_UNAVAILABLE", "DATABASE_REFUSED"})
  void whatTookTooLongToBeginWaitsAgain(FailureCode code) {
    Job again = ends.ended(asked(Stop.Reason.TIMEOUT), Failure.of(code, "x"), false);
    assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void ofARunThatIsNotKnownNoLaterFailureBeforeTheNextSaysThatNothingWasDone() {
    Failure unknown = Failure.of(FailureCode.OUTCOME_UNKNOWN);
    Job again =
        running
            .requeued(unknown, clock.instant(), clock.instant())
            .claimedBy("node-b", clock.instant());
    Job changed = ends.ended(again, Failure.of(FailureCode.SIGNATURE_CHANGED, "x"), false);
    assertThat(changed.status()).isEqualTo(JobStatus.LOST);
    assertThat(changed.state().failed()).contains(unknown);
    Stop stop = Stop.asked(Stop.Reason.REQUESTED, "ana", clock.instant());
    Job cancelled = ends.ended(again.cancelling(stop), Failure.of(FailureCode.CANCELLED), false);
    assertThat(cancelled.status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void whatCouldNotBeBegunWaitsAgainForAWhile() {
    Job again = ends.ended(running, Failure.of(FailureCode.DATABASE_REFUSED, "x"), false);
    assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(again.history()).isEmpty();
  }
}
