package org.diferido.oracledouble.wire;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** DATE (7 bytes), TIMESTAMP (7 or 11) and TIMESTAMP WITH TIME ZONE (13, its clock in UTC). */
public final class DatetimeCodec {

  private static final int DATE_LENGTH = 7;
  private static final int TIMESTAMP_LENGTH = 11;
  private static final int ZONED_LENGTH = 13;
  private static final int HOUR_BIAS = 20;
  private static final int MINUTE_BIAS = 60;

  private DatetimeCodec() {}

  public static byte[] encodeDate(LocalDateTime value) {
    return fields(value, DATE_LENGTH).array();
  }

  public static byte[] encodeTimestamp(LocalDateTime value) {
    return fields(value, TIMESTAMP_LENGTH).putInt(value.get(ChronoField.NANO_OF_SECOND)).array();
  }

  public static byte[] encodeZoned(OffsetDateTime value) {
    LocalDateTime utc = value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    int minutes = value.getOffset().getTotalSeconds() / 60;
    return fields(utc, ZONED_LENGTH)
        .putInt(utc.get(ChronoField.NANO_OF_SECOND))
        .put((byte) (minutes / 60 + HOUR_BIAS))
        .put((byte) (minutes % 60 + MINUTE_BIAS))
        .array();
  }

  private static ByteBuffer fields(LocalDateTime value, int length) {
    return ByteBuffer.allocate(length)
        .put((byte) (value.getYear() / 100 + 100))
        .put((byte) (value.getYear() % 100 + 100))
        .put((byte) value.getMonthValue())
        .put((byte) value.getDayOfMonth())
        .put((byte) (value.getHour() + 1))
        .put((byte) (value.getMinute() + 1))
        .put((byte) (value.getSecond() + 1));
  }

  /** A DATE or a TIMESTAMP: seven bytes have no fraction. */
  public static LocalDateTime decode(byte[] bytes) {
    int year = ((bytes[0] & 0xFF) - 100) * 100 + (bytes[1] & 0xFF) - 100;
    int nanos = bytes.length >= TIMESTAMP_LENGTH ? ByteBuffer.wrap(bytes).getInt(DATE_LENGTH) : 0;
    return LocalDateTime.of(
        year, bytes[2], bytes[3], bytes[4] - 1, bytes[5] - 1, bytes[6] - 1, nanos);
  }

  public static OffsetDateTime decodeZoned(byte[] bytes) {
    ZoneOffset offset =
        ZoneOffset.ofHoursMinutes((bytes[11] & 0xFF) - HOUR_BIAS, (bytes[12] & 0xFF) - MINUTE_BIAS);
    return decode(bytes).atOffset(ZoneOffset.UTC).withOffsetSameInstant(offset);
  }
}
