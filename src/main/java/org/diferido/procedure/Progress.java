package org.diferido.procedure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a running call is.
 *
 * @param source where the number comes from
 * @param percent 0 to 99; only an end makes it 100
 * @param done units done, or null when not told
 * @param total units in all, or null when not told
 * @param expectedEnd when it will be over, as far as earlier runs tell, or null
 */
public record Progress(
    Source source,
    int percent,
    @Nullable String message,
    @Nullable BigDecimal done,
    @Nullable BigDecimal total,
    @Nullable String unit,
    @Nullable Instant expectedEnd) {

  /** Nothing is known yet. */
  public static final Progress NONE = new Progress(Source.NONE, 0, null, null, null, null, null);

  private static final int MOST_WHILE_RUNNING = 99;

  /** Where a progress comes from. */
  public enum Source {
    /** The procedure said so. */
    REPORTED,
    /** The database's own bookkeeping of long operations. */
    LONGOPS,
    /** From earlier runs of the same procedure. */
    ESTIMATED,
    NONE
  }

  /** A progress that the procedure reported; a total of zero or less counts as not known. */
  public static Progress reported(
      BigDecimal done, BigDecimal total, @Nullable String unit, @Nullable String message) {
    return of(Source.REPORTED, done, total, unit, message);
  }

  /** A progress that the database keeps of a long operation. */
  public static Progress longOperation(
      BigDecimal done, BigDecimal total, @Nullable String unit, @Nullable String message) {
    return of(Source.LONGOPS, done, total, unit, message);
  }

  /**
   * How far a call is by earlier runs of the same procedure.
   *
   * @param percent 0 to 99
   */
  public static Progress estimated(int percent, @Nullable Instant expectedEnd) {
    int shown = Math.min(percent, MOST_WHILE_RUNNING);
    return new Progress(Source.ESTIMATED, shown, null, null, null, null, expectedEnd);
  }

  /** What the procedure says it is doing: with numbers, if it says some. */
  public static Progress said(String text) {
    return ReportedProgress.parse(text)
        .orElseGet(() -> new Progress(Source.REPORTED, 0, text, null, null, null, null));
  }

  private static Progress of(
      Source source,
      BigDecimal done,
      BigDecimal total,
      @Nullable String unit,
      @Nullable String message) {
    int percent = 0;
    if (total.signum() > 0 && done.signum() > 0) {
      percent =
          done.multiply(BigDecimal.valueOf(100))
              .divide(total, 0, RoundingMode.FLOOR)
              .min(BigDecimal.valueOf(MOST_WHILE_RUNNING))
              .intValue();
    }
    return new Progress(source, percent, message, done, total, unit, null);
  }

  /**
   * This progress, with a percentage that does not fall below an earlier one's. What was only
   * estimated gives way to what the procedure says.
   */
  public Progress after(Progress earlier) {
    return percent >= earlier.percent
            || (earlier.source == Source.ESTIMATED && source != Source.ESTIMATED)
        ? this
        : new Progress(source, earlier.percent, message, done, total, unit, expectedEnd);
  }
}
