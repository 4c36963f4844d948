package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.diferido.job.SteadyClock;
import org.jspecify.annotations.Nullable;

/**
 * A question that is put on another thread, and only when somebody wants to know and the last
 * answer is old: whoever wants to know is not kept by something that does not answer.
 */
public final class AskedElsewhere<T> {

  private static final Logger LOG = System.getLogger(AskedElsewhere.class.getName());

  private final Supplier<T> question;
  private final Duration fresh;
  private final Duration holds;
  private final Executor executor;
  private final SteadyClock clock;
  private final AtomicReference<@Nullable CompletableFuture<Void>> underway =
      new AtomicReference<>();
  private volatile @Nullable Answer<T> last;

  private record Answer<T>(T value, Duration at) {}

  /**
   * @param question what throws has no answer
   * @param fresh for how long an answer is not asked for again
   * @param holds for how long it is told while there is no other
   */
  public AskedElsewhere(
      Supplier<T> question, Duration fresh, Duration holds, Executor executor, SteadyClock clock) {
    this.question = question;
    this.fresh = fresh;
    this.holds = holds;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * The last answer, if there is one that still holds.
   *
   * @param patience how long to wait for a newer one when it is not fresh
   */
  public Optional<T> answer(Duration patience) {
    if (isOlderThan(fresh)) {
      await(asked(), patience);
    }
    Answer<T> known = last;
    return known == null || isOlderThan(holds) ? Optional.empty() : Optional.of(known.value);
  }

  private boolean isOlderThan(Duration time) {
    Answer<T> known = last;
    return known == null || clock.hasReached(known.at.plus(time));
  }

  /** Whoever comes while it is being asked waits for that answer. */
  private CompletableFuture<Void> asked() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> first = underway.compareAndExchange(null, mine);
    if (first != null) {
      return first;
    }
    try {
      executor.execute(() -> ask(mine));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "no thread to ask on", e);
      over(mine);
    }
    return mine;
  }

  private void ask(CompletableFuture<Void> mine) {
    try {
      last = new Answer<>(question.get(), clock.reading());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "no answer, for an unforeseen reason", e);
    } finally {
      over(mine);
    }
  }

  private void over(CompletableFuture<Void> mine) {
    underway.set(null);
    mine.complete(null);
  }

  private static void await(CompletableFuture<Void> answer, Duration patience) {
    try {
      answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.DEBUG, "no newer answer yet", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
