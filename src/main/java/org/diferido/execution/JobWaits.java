package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.SteadyClock;
import org.diferido.security.Caller;
import org.jspecify.annotations.Nullable;

/** Waits for jobs, without a thread for each. */
@Singleton
public class JobWaits {

  private final JobFeed feed;
  private final SteadyClock clock;

  @Inject
  public JobWaits(JobFeed feed, SteadyClock clock) {
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * Waits until a job is as it is wanted.
   *
   * @param told as it is known
   * @param most how long; as it is then, it is enough
   * @return the job then; empty when it was removed meanwhile. Told on a thread of the executor, or
   *     on this one when it need not wait
   * @throws org.diferido.failure.FailureException TOO_MANY_WAITING
   */
  public CompletionStage<Optional<Job>> until(
      Predicate<Job> wanted, Job told, Caller caller, Duration most) {
    if (wanted.test(told)) {
      return CompletableFuture.completedFuture(Optional.of(told));
    }
    Wait wait = new Wait(wanted, told, clock.reading().plus(most));
    wait.begun(feed.to(told, caller, wait));
    return wait.over;
  }

  private final class Wait implements JobListener {

    private final CompletableFuture<Optional<Job>> over = new CompletableFuture<>();
    private final AtomicReference<JobFeed.@Nullable Listening> listening = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Predicate<Job> wanted;
    private final Duration until;
    private volatile Job latest;

    Wait(Predicate<Job> wanted, Job told, Duration until) {
      this.wanted = wanted;
      this.latest = told;
      this.until = until;
    }

    /** It may be over before that. */
    void begun(JobFeed.Listening begun) {
      listening.set(begun);
      if (ended.get()) {
        begun.end();
      }
    }

    @Override
    public boolean isStream() {
      return false;
    }

    @Override
    public void changed(Job job, boolean moved) {
      latest = job;
      if (wanted.test(job)) {
        end(Optional.of(job));
      }
    }

    @Override
    public void removed(JobId id) {
      end(Optional.empty());
    }

    @Override
    public void moment() {
      if (clock.hasReached(until)) {
        end(Optional.of(latest));
      }
    }

    @Override
    public void closed() {
      end(Optional.of(latest));
    }

    /** The answer is written elsewhere: whoever takes it slowly must not keep the others. */
    private void end(Optional<Job> job) {
      if (ended.getAndSet(true)) {
        return;
      }
      feed.answer(() -> answer(job));
    }

    /** Until it is answered it counts as one who waits: its answer may be read slowly. */
    private void answer(Optional<Job> job) {
      try {
        over.complete(job);
      } finally {
        JobFeed.Listening begun = listening.get();
        if (begun != null) {
          begun.end();
        }
      }
    }
  }
}
