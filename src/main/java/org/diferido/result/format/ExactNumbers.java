package org.diferido.result.format;

import java.math.BigDecimal;

/** How numbers are written: all of their digits, and nothing else. */
public final class ExactNumbers {

  private static final int MOST_ZEROS = 400;
  private static final int MOST_SCALE = 10_000;

  private ExactNumbers() {}

  /**
   * Without trailing zeros and without an exponent above: 12500, not 12500.00 nor 1.25E+4. A number
   * larger than any database's keeps its exponent, since its digits may not fit in memory.
   */
  public static BigDecimal exact(BigDecimal number) {
    if (number.signum() != 0 && isBeyondMeasure(number)) {
      return number;
    }
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return stripped.scale() < 0 && stripped.scale() > -MOST_ZEROS ? stripped.setScale(0) : stripped;
  }

  /** A number written out, without an exponent. */
  public static String plain(BigDecimal number) {
    return isBeyondMeasure(number) ? number.toString() : number.toPlainString();
  }

  /** Whether its digits, written out, might not fit in memory. */
  private static boolean isBeyondMeasure(BigDecimal number) {
    return Math.abs((long) number.scale()) > MOST_SCALE;
  }
}
