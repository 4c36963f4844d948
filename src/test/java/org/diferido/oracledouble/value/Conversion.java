package org.diferido.oracledouble.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.diferido.oracledouble.wire.OracleType;

/** Brings a value to the one Java class that stands for a type of the wire. */
public final class Conversion {

  private Conversion() {}

  /**
   * String for text, ROWID and CLOB; BigDecimal, Float, Double; LocalDateTime for DATE and
   * TIMESTAMP, OffsetDateTime for the others; Duration, Period; byte[]; Boolean; Rows.
   *
   * @throws OraException when Oracle would not convert it, either
   */
  public static Object to(int type, Object value) {
    if (value == null || (value instanceof String text && text.isEmpty() && !isLob(type))) {
      return null;
    }
    return switch (type) {
      case OracleType.VARCHAR,
          OracleType.CHAR,
          OracleType.LONG,
          OracleType.CLOB,
          OracleType.ROWID,
          OracleType.ROWID_DESCRIPTOR,
          OracleType.UROWID ->
          TextConversion.write(value);
      case OracleType.NUMBER, OracleType.VARNUM -> number(value);
      case OracleType.BINARY_FLOAT -> binary(value).floatValue();
      case OracleType.BINARY_DOUBLE -> binary(value).doubleValue();
      case OracleType.DATE -> local(value).truncatedTo(ChronoUnit.SECONDS);
      case OracleType.TIMESTAMP -> local(value);
      case OracleType.TIMESTAMP_TZ -> zoned(value);
      case OracleType.TIMESTAMP_LTZ -> zoned(value).withOffsetSameInstant(ZoneOffset.UTC);
      case OracleType.INTERVAL_DS -> duration(value);
      case OracleType.INTERVAL_YM -> period(value);
      case OracleType.RAW, OracleType.LONG_RAW, OracleType.BLOB -> bytes(value);
      case OracleType.BOOLEAN -> expect(Boolean.class, value);
      case OracleType.CURSOR -> expect(Rows.class, value);
      default -> throw new UnknownException("values of wire type " + type);
    };
  }

  private static boolean isLob(int type) {
    return OracleType.isLob(type);
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof String text) {
      return TextConversion.number(text);
    }
    return new BigDecimal(expect(Number.class, value).toString());
  }

  /** A BigDecimal would lose NaN and the infinities. */
  private static Number binary(Object value) {
    return value instanceof Number number ? number : number(value);
  }

  private static LocalDateTime local(Object value) {
    if (value instanceof String text) {
      return TextConversion.datetime(text);
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    return value instanceof OffsetDateTime zoned
        ? zoned.toLocalDateTime()
        : expect(LocalDateTime.class, value);
  }

  private static OffsetDateTime zoned(Object value) {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return value instanceof OffsetDateTime zoned ? zoned : local(value).atOffset(ZoneOffset.UTC);
  }

  private static Duration duration(Object value) {
    return value instanceof String text
        ? TextConversion.duration(text)
        : expect(Duration.class, value);
  }

  private static Period period(Object value) {
    return value instanceof String text ? TextConversion.period(text) : expect(Period.class, value);
  }

  private static byte[] bytes(Object value) {
    return value instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : expect(byte[].class, value);
  }

  private static <T> T expect(Class<T> wanted, Object value) {
    if (!wanted.isInstance(value)) {
      throw OraException.compilation(
          0, "PLS-00382: expression is of wrong type: " + value.getClass().getSimpleName());
    }
    return wanted.cast(value);
  }
}
