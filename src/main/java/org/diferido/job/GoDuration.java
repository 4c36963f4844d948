package org.diferido.job;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Durations as Go's {@code Duration.String} writes them, which is what the origin's clients read:
 * {@code 5m0s}, {@code 1m3.5s}, {@code 320ms}, {@code 2h0m5s}, {@code 0s}.
 */
public final class GoDuration {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private GoDuration() {}

  /** The text of a duration; what is below a millisecond is cut off. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    return millis < 0 ? "-" + magnitude(Math.negateExact(millis)) : magnitude(millis);
  }

  private static String magnitude(long millis) {
    if (millis > 0 && millis < SECOND) {
      return millis + "ms";
    }
    StringBuilder text = new StringBuilder();
    if (millis >= HOUR) {
      text.append(millis / HOUR).append('h');
    }
    if (millis >= MINUTE) {
      text.append(millis % HOUR / MINUTE).append('m');
    }
    return text.append(seconds(millis % MINUTE)).append('s').toString();
  }

  private static String seconds(long millis) {
    return millis == 0 ? "0" : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }
}
