package org.diferido.oracledouble.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Period;

/**
 * INTERVAL DAY TO SECOND (11 bytes) and YEAR TO MONTH (5): each field around a middle, so that
 * negative intervals have only negative fields.
 */
public final class IntervalCodec {

  private static final int BIAS = 60;
  private static final int WIDE_BIAS = 0x80000000;

  private IntervalCodec() {}

  public static byte[] encode(Duration value) {
    // Duration keeps nanoseconds positive beside negative seconds.
    boolean negative = value.isNegative();
    Duration size = value.abs();
    int sign = negative ? -1 : 1;
    return ByteBuffer.allocate(11)
        .putInt(Math.toIntExact(sign * size.toDaysPart()) + WIDE_BIAS)
        .put((byte) (sign * size.toHoursPart() + BIAS))
        .put((byte) (sign * size.toMinutesPart() + BIAS))
        .put((byte) (sign * size.toSecondsPart() + BIAS))
        .putInt(sign * size.toNanosPart() + WIDE_BIAS)
        .array();
  }

  public static Duration decodeDuration(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return Duration.ofDays(from.getInt() - WIDE_BIAS)
        .plusHours((from.get() & 0xFF) - BIAS)
        .plusMinutes((from.get() & 0xFF) - BIAS)
        .plusSeconds((from.get() & 0xFF) - BIAS)
        .plusNanos(from.getInt() - WIDE_BIAS);
  }

  public static byte[] encode(Period value) {
    Period months = value.normalized();
    return ByteBuffer.allocate(5)
        .putInt(months.getYears() + WIDE_BIAS)
        .put((byte) (months.getMonths() + BIAS))
        .array();
  }

  public static Period decodePeriod(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return Period.of(from.getInt() - WIDE_BIAS, (from.get() & 0xFF) - BIAS, 0);
  }
}
