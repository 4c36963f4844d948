package org.diferido.execution;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/** How many may wait at once on this node, of one caller. */
final class WaitingLimits {

  private final int most;
  private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

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
            throw Failure.of(FailureCode.TOO_MANY_WAITING, most).toException();
          }
          return now;
        });
  }

  /** Who has none is not remembered. */
  void giveBack(String caller) {
    waiting.computeIfPresent(caller, (same, before) -> before == 1 ? null : before - 1);
  }
}
