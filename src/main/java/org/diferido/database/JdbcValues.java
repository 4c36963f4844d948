package org.diferido.database;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** From what JDBC gives to the values of a {@link org.diferido.procedure.ProcedureResult}. */
public final class JdbcValues {

  private JdbcValues() {}

  /** {@code 2025-12-10T00:00:00}: always with seconds, a fraction only where there is one. */
  public static @Nullable String time(@Nullable LocalDateTime time) {
    return time == null ? null : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }

  /** {@code 2025-12-10T00:00:00+02:00}, or with {@code Z}. */
  public static @Nullable String time(@Nullable OffsetDateTime time) {
    return time == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }

  /** Base64 text, RFC 4648 section 4. */
  public static @Nullable String bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  /** The shortest number that names the same double; text for what is not a number. */
  public static Object number(double number) {
    return Double.isFinite(number) ? BigDecimal.valueOf(number) : Double.toString(number);
  }

  /** The same for a number of single precision: 0.1 is not 0.10000000149011612. */
  public static Object number(float number) {
    return Float.isFinite(number) ? new BigDecimal(Float.toString(number)) : Float.toString(number);
  }
}
