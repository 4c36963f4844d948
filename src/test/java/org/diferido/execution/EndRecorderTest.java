package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.diferido.HandClock;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.RetryPolicy;
import org.diferido.job.Stop;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written of a call that was not begun, when somebody else knows more of its job. */
class EndRecorderTest {

  private final HandClock clock = new HandClock();
  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final RunningCalls calls = new RunningCalls();
  private final EndRecorder recorder = new EndRecorder(registry, calls, clock);
  private final CallEnds ends = new CallEnds(new RetryPolicy(Duration.ofSeconds(10)), clock);

  @ParameterizedTest
  @EnumSource(Stop.Reason.class)
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void aPersonsCancelOnRecordEndsAJobThatThisNodeWouldHaveWaitAgain(Stop.Reason own) {
    Job job =
        Job.queued(
                JobId.random(),
                "ana",
                SteppedNode.call("a").call(),
                JobTerms.USUAL,
                clock.instant())
            .claimedBy("node-a", clock.instant());
    registry.kept.add(job);
    Stop asked = Stop.asked(Stop.Reason.REQUESTED, "ana", clock.instant());
    registry.kept.replace(job, job.cancelling(asked));
    calls.began(job);
    calls.asked(job.id(), Stop.asked(own, "node-a", clock.instant()));
    Failure unbegun = Failure.of(FailureCode.CANCELLED);
    recorder.record(job, () -> ends.ended(calls.latest(job), unbegun, false));
    assertThat(registry.kept.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
  }
}
