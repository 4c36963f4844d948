package org.diferido.faults.client;

import java.util.Random;

/** What a piece of work is like. */
public enum WorkKind {
  /** A row, at once. */
  QUICK(40),
  /** A row in the midst of 50 to 300 ms. */
  SHORT(32),
  /** A row in the midst of two to four seconds, for cancels and kills to hit. */
  LONG(10),
  /** A row and then an error, which takes the row back. */
  FAILS(8),
  /** A row, and values that come back. */
  TELLS(10);

  private static final int PERCENT = 100;

  private final int share;

  WorkKind(int share) {
    this.share = share;
  }

  /** One of them, by their shares. */
  static WorkKind any(Random random) {
    int place = random.nextInt(PERCENT);
    for (WorkKind kind : values()) {
      place -= kind.share;
      if (place < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the shares are less than a hundred");
  }
}
