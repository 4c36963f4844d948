package org.diferido.execution;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/** How many may wait at once on this node, of one caller. */
public final class WaitingLimits {

  private final int most;
  private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
  private final LongAdder refusals = new LongAdder();

  WaitingLimits(int most) {
    this.most = most;
  }

  /**
   * Counts one more.
   *
   * @throws org.diferido.failure.FailureException TOO_MANY_WAITING
   */
  void take(String caller) {
    waiting.compute(
        caller,
        (same, before) -> {
          int now = before == null ? 1 : before + 1;
          if (now > most) {
            refusals.increment();
            throw Failure.of(FailureCode.TOO_MANY_WAITING, most).toException();
          }
          return now;
        });
  }

  /** How many each may have. */
  public int most() {
    return most;
  }

  /** How often somebody had too many already. */
  public long refusals() {
    return refusals.sum();
  }

  /** How many has the caller who has the most. */
  public int mostOfOne() {
    return waiting.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Who has none is not remembered. */
  void giveBack(String caller) {
    waiting.computeIfPresent(caller, (same, before) -> before == 1 ? null : before - 1);
  }
}
