package org.diferido.rest.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.diferido.job.SteadyClock;
import org.jspecify.annotations.Nullable;

/**
 * A question that is put once a second at most, whoever wants to know: readiness needs no token,
 * and each answer takes a connection. While it is being put, everybody else is told the last
 * answer, but not for long: what does not answer is no good.
 */
final class SeldomAsked<T> {

  private static final Duration FRESH = Duration.ofSeconds(1);

  /** From then on an answer is too old to be told while a new one is waited for. */
  private static final Duration OLD = Duration.ofSeconds(5);

  private final Supplier<T> question;
  private final T noAnswer;
  private final SteadyClock clock;
  private final Duration patience;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Answer<T> last;

  private record Answer<T>(T value, Duration at) {}

  /**
   * @param noAnswer what is told of a question that is not answered
   */
  SeldomAsked(Supplier<T> question, T noAnswer, SteadyClock clock) {
    this(question, noAnswer, clock, FRESH);
  }

  /**
   * @param patience how long the others wait for the very first answer
   */
  SeldomAsked(Supplier<T> question, T noAnswer, SteadyClock clock, Duration patience) {
    this.question = question;
    this.noAnswer = noAnswer;
    this.clock = clock;
    this.patience = patience;
  }

  /** As it is, or was a moment ago. */
  T answer() {
    Answer<T> known = last;
    if (known != null && isYounger(known, FRESH)) {
      return known.value;
    }
    if (!isMine(known == null ? patience : Duration.ZERO)) {
      return known != null && isYounger(known, OLD) ? known.value : noAnswer;
    }
    try {
      Answer<T> now = last;
      if (now == null || !isYounger(now, FRESH)) {
        now = new Answer<>(question.get(), clock.reading());
        last = now;
      }
      return now.value;
    } finally {
      asking.unlock();
    }
  }

  private boolean isMine(Duration atMost) {
    try {
      return asking.tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isYounger(Answer<T> answer, Duration age) {
    return !clock.hasReached(answer.at.plus(age));
  }
}
