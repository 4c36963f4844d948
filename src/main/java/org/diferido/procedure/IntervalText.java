package org.diferido.procedure;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Intervals as Oracle writes them ({@code 2 3:4:5.6} and {@code 2-3}) and as ISO 8601 does ({@code
 * P2DT3H4M5.6S} and {@code P2Y3M}).
 */
final class IntervalText {

  private static final Pattern DAYS =
      Pattern.compile(
          "(?<sign>[+-])?(?<d>\\d{1,9}) (?<h>\\d{1,2}):(?<m>\\d{1,2}):(?<s>\\d{1,2}(?:\\.\\d{1,9})?)");

  private static final Pattern YEARS =
      Pattern.compile("(?<sign>[+-])?(?<y>\\d{1,9})-(?<m>\\d{1,2})");

  /** As many digits of days and of years as an interval can have (SQL Language Reference). */
  private static final long MOST = 999_999_999;

  private IntervalText() {}

  /** A number of days, hours, minutes and seconds; null when the text is none. */
  static @Nullable Duration days(String text) {
    try {
      Matcher parts = DAYS.matcher(text);
      Duration days = parts.matches() ? days(parts) : Duration.parse(text);
      return Math.abs(days.toDays()) > MOST ? null : days;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static Duration days(Matcher parts) {
    int hours = Integer.parseInt(parts.group("h"));
    int minutes = Integer.parseInt(parts.group("m"));
    BigDecimal seconds = new BigDecimal(parts.group("s"));
    if (hours > 23 || minutes > 59 || seconds.intValue() > 59) {
      throw new DateTimeException("a field of the interval is too large");
    }
    Duration size =
        Duration.ofDays(Long.parseLong(parts.group("d")))
            .plusHours(hours)
            .plusMinutes(minutes)
            .plusNanos(seconds.movePointRight(9).longValueExact());
    return "-".equals(parts.group("sign")) ? size.negated() : size;
  }

  /** A number of years and months; null when the text is none. */
  static @Nullable Period months(String text) {
    try {
      Matcher parts = YEARS.matcher(text);
      Period months = parts.matches() ? months(parts) : Period.parse(text);
      boolean fits =
          months.equals(months.withDays(0)) && Math.abs(months.toTotalMonths() / 12) <= MOST;
      return fits ? months.normalized() : null;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static Period months(Matcher parts) {
    int months = Integer.parseInt(parts.group("m"));
    if (months > 11) {
      throw new DateTimeException("a year has twelve months");
    }
    Period size = Period.of(Integer.parseInt(parts.group("y")), months, 0);
    return "-".equals(parts.group("sign")) ? size.negated() : size;
  }
}
