package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.diferido.HandClock;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.RetryPolicy;
import org.diferido.job.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written of a call that was not begun, when somebody else knows more of its job. */
class EndRecorderTest {

  private final HandClock clock = new HandClock();
  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final RunningCalls calls = new RunningCalls(clock);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final EndRecorder recorder =
      new EndRecorder(registry, calls, JobEvents.NONE, clock, stopping::get);
  private final CallEnds ends = new CallEnds(new RetryPolicy(Duration.ofSeconds(10)), clock);

  private Job claimed() {
    Job job =
        Job.queued(
                JobId.random(),
                "ana",
                SteppedNode.call("a").call(),
                JobTerms.USUAL,
                clock.instant())
            .claimedBy("node-a", clock.instant());
    registry.kept.add(job);
    calls.began(job);
    return job;
  }

  @ParameterizedTest
  @EnumSource(Stop.Reason.class)
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void aPersonsCancelOnRecordEndsAJobThatThisNodeWouldHaveWaitAgain(Stop.Reason own) {
    Job job = claimed();
    Stop asked = Stop.asked(Stop.Reason.REQUESTED, "ana", clock.instant());
    registry.kept.replace(job, job.cancelling(asked));
    calls.asked(job.id(), Stop.asked(own, "node-a", clock.instant()));
    Failure unbegun = Failure.of(FailureCode.CANCELLED);
    recorder.record(job, () -> ends.ended(calls.latest(job), unbegun, false));
    assertThat(registry.kept.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aCancelThatComesBetweenTheDecisionAndTheRecordIsNotForgotten() {
    Job job = claimed();
    Stop asked = Stop.asked(Stop.Reason.REQUESTED, "ana", clock.instant());
    AtomicBoolean cancelled = new AtomicBoolean();
    registry.beforeAnswers =
        () -> {
          if (!cancelled.getAndSet(true)) {
            registry.kept.replace(job, job.cancelling(asked));
            calls.asked(job.id(), asked);
          }
        };
    Failure away = Failure.of(FailureCode.DATABASE_UNAVAILABLE);
    recorder.record(job, () -> ends.ended(calls.latest(job), away, false));
    assertThat(registry.kept.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void anInterruptDoesNotLoseTheEndOfACall() {
    Job job = claimed();
    registry.away = true;
    AtomicInteger tries = new AtomicInteger();
    registry.beforeAnswers = () -> registry.away = tries.incrementAndGet() < 3;
    Thread.currentThread().interrupt();
    Job failed = job.failed(Failure.of(FailureCode.INTERNAL_ERROR), clock.instant());
    assertThat(recorder.record(job, () -> failed)).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(registry.kept.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @Timeout(30)
  void aNodeThatStopsGivesUpAndSaysSo() {
    Job job = claimed();
    registry.away = true;
    stopping.set(true);
    // Not one from before, which was meant for the call.
    registry.beforeAnswers = () -> Thread.currentThread().interrupt();
    Job failed = job.failed(Failure.of(FailureCode.INTERNAL_ERROR), clock.instant());
    assertThat(recorder.record(job, () -> failed)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(calls.has(job.id())).isTrue();
  }

  @Test
  void anEndThatCannotBeDecidedIsNotLeftOpen() {
    Job job = claimed();
    Supplier<Job> decision =
        () -> {
          throw new IllegalStateException("this cannot be");
        };
    assertThat(recorder.record(job, decision)).isTrue();
    assertThat(registry.kept.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
  }
}
