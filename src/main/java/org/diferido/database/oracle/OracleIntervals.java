package org.diferido.database.oracle;

import java.time.Duration;
import java.time.Period;

/** Intervals as TO_DSINTERVAL and TO_YMINTERVAL read them (SQL Language Reference). */
final class OracleIntervals {

  private OracleIntervals() {}

  /** {@code -2 03:04:05.600000000} */
  static String text(Duration interval) {
    Duration size = interval.abs();
    return "%s%d %02d:%02d:%02d.%09d"
        .formatted(
            interval.isNegative() ? "-" : "",
            size.toDaysPart(),
            size.toHoursPart(),
            size.toMinutesPart(),
            size.toSecondsPart(),
            size.toNanosPart());
  }

  /** {@code -2-3} */
  static String text(Period interval) {
    long months = interval.toTotalMonths();
    long size = Math.abs(months);
    return (months < 0 ? "-" : "") + size / 12 + "-" + size % 12;
  }
}
