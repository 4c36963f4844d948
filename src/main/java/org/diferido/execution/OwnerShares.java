package org.diferido.execution;

import java.util.HashMap;
import java.util.Map;

/**
 * How many of this node's workers each caller has. No caller may have all of them: somebody's calls
 * of days must not keep everybody's calls of seconds waiting.
 */
final class OwnerShares {

  private final int most;
  private final Map<String, Integer> taken = new HashMap<>();

  /**
   * @param most workers for one caller
   */
  OwnerShares(int most) {
    this.most = most;
  }

  /** Takes one, if the caller may have one more. */
  synchronized boolean take(String owner) {
    int has = taken.getOrDefault(owner, 0);
    if (has >= most) {
      return false;
    }
    taken.put(owner, has + 1);
    return true;
  }

  synchronized void giveBack(String owner) {
    taken.computeIfPresent(owner, (same, has) -> has > 1 ? has - 1 : null);
  }
}
