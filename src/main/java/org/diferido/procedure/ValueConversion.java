package org.diferido.procedure;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.failure.Message;
import org.jspecify.annotations.Nullable;

/**
 * From a JSON value to the Java value of a parameter's type, without guessing: what cannot be taken
 * exactly is refused with a message.
 */
final class ValueConversion {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,4})?");

  /** The magnitudes that Oracle's NUMBER can hold: below 1E126 and not closer to 0 than 1E-130. */
  private static final int MOST_INTEGER_DIGITS = 126;

  private static final int MOST_SCALE = 130;

  /** Significant binary digits (IEEE 754 binary32). */
  private static final int SINGLE_PRECISION = 24;

  /** ISO 8601 and the two ways of the Spanish-speaking world, day first; then time and zone. */
  private static final Pattern DATE_AND_TIME =
      Pattern.compile(
          "(?:(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})"
              + "|(?<d2>\\d{2})(?<s>[/-])(?<m2>\\d{2})\\k<s>(?<y2>\\d{4}))"
              + "(?:[T ](?<time>\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "(?<zone>Z|[+-]\\d{2}:\\d{2})?)?");

  private ValueConversion() {}

  /** A value that the parameter cannot take, and why. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final transient Message why;

    Refused(String key, Object... arguments) {
      this("", Message.of(key, arguments));
    }

    private Refused(String pointer, Message why) {
      this.pointer = pointer;
      this.why = why;
    }

    /** The same, seen from the array or object whose member of this name or place is refused. */
    Refused within(String member) {
      return new Refused("/" + member.replace("~", "~0").replace("/", "~1") + pointer, why);
    }

    /** Which part of the value is meant, as a JSON Pointer (RFC 6901); empty for all of it. */
    String pointer() {
      return pointer;
    }

    Message why() {
      return why;
    }
  }

  /**
   * The Java value for a JSON value that is not null.
   *
   * @param value String, BigDecimal, Boolean, List or Map
   */
  static Object convert(Object value, Parameter parameter) throws Refused {
    return switch (parameter.type()) {
      case TEXT, CLOB -> text(value, parameter);
      case NUMBER, FLOAT -> number(value, parameter);
      case INTEGER -> integer(value, parameter);
      case DATE -> withoutZone(value).truncatedTo(ChronoUnit.SECONDS);
      case DAY -> day(value);
      case TIMESTAMP -> withoutZone(value);
      case TIMESTAMP_WITH_ZONE -> withZone(value);
      case DAY_INTERVAL -> interval(IntervalText.days(written(value)), "value.day_interval");
      case MONTH_INTERVAL -> interval(IntervalText.months(written(value)), "value.month_interval");
      case BOOLEAN -> truth(value);
      case BLOB, BINARY -> bytes(value, parameter);
      case COLLECTION -> CompositeConversion.elements(value, parameter);
      case OBJECT -> CompositeConversion.attributes(value, parameter);
      case CURSOR -> throw new Refused("value.cursor");
      case UNSUPPORTED -> throw new Refused("value.unsupported", parameter.databaseType());
    };
  }

  private static String text(Object value, Parameter parameter) throws Refused {
    String text;
    if (value instanceof String string) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
        throw new Refused("value.text");
      }
      text = string;
    } else if (value instanceof BigDecimal number) {
      text = inRange(number).toPlainString();
    } else {
      throw new Refused("value.text");
    }
    if (parameter.maxLength() > 0 && text.length() > parameter.maxLength()) {
      throw new Refused("value.too_long", parameter.maxLength(), text.length());
    }
    return text;
  }

  private static BigDecimal number(Object value, Parameter parameter) throws Refused {
    BigDecimal number;
    if (value instanceof BigDecimal given) {
      number = given;
    } else if (value instanceof String text && DECIMAL.matcher(text).matches()) {
      number = new BigDecimal(text);
    } else {
      throw new Refused("value.number");
    }
    number = parameter.type() == ParameterType.FLOAT ? finite(number, parameter) : inRange(number);
    if (parameter.type() == ParameterType.NUMBER
        && parameter.maxLength() > 0
        && number.stripTrailingZeros().precision() > parameter.maxLength()) {
      throw new Refused("value.too_many_digits", parameter.maxLength());
    }
    int integerDigits = number.precision() - number.scale();
    if (parameter.integerDigits() > 0
        && number.signum() != 0
        && integerDigits > parameter.integerDigits()) {
      throw new Refused("value.too_large", parameter.integerDigits());
    }
    return number;
  }

  /** A binary number is rounded by its nature, but neither to nothing nor to infinity. */
  private static BigDecimal finite(BigDecimal number, Parameter parameter) throws Refused {
    boolean single = parameter.maxLength() == SINGLE_PRECISION;
    double nearest = single ? number.floatValue() : number.doubleValue();
    if (!Double.isFinite(nearest) || (nearest == 0 && number.signum() != 0)) {
      throw new Refused("value.out_of_range");
    }
    return number;
  }

  private static BigDecimal inRange(BigDecimal number) throws Refused {
    if (number.signum() != 0
        && ((long) number.precision() - number.scale() > MOST_INTEGER_DIGITS
            || number.scale() > MOST_SCALE + number.precision())) {
      throw new Refused("value.out_of_range");
    }
    boolean zeroOfAbsurdScale =
        number.signum() == 0 && Math.abs((long) number.scale()) > MOST_SCALE;
    return zeroOfAbsurdScale ? BigDecimal.ZERO : number;
  }

  private static BigDecimal integer(Object value, Parameter parameter) throws Refused {
    BigDecimal number = number(value, parameter);
    if (number.stripTrailingZeros().scale() > 0) {
      throw new Refused("value.integer");
    }
    return number;
  }

  /** An OffsetDateTime where there is a zone, else a LocalDateTime, at midnight without a time. */
  private static Temporal time(Object value) throws Refused {
    Matcher parts = DATE_AND_TIME.matcher(value instanceof String text ? text : "");
    if (!parts.matches()) {
      throw new Refused("value.date");
    }
    String year = parts.group("y") == null ? parts.group("y2") : parts.group("y");
    String month = parts.group("m") == null ? parts.group("m2") : parts.group("m");
    String day = parts.group("d") == null ? parts.group("d2") : parts.group("d");
    String time = parts.group("time") == null ? "00:00" : parts.group("time");
    try {
      if (Integer.parseInt(year) < 1) {
        throw new Refused("value.date");
      }
      LocalDateTime local = LocalDateTime.parse(year + "-" + month + "-" + day + "T" + time);
      String zone = parts.group("zone");
      return zone == null ? local : local.atOffset(ZoneOffset.of(zone));
    } catch (DateTimeException e) {
      throw new Refused("value.date");
    }
  }

  private static LocalDateTime withoutZone(Object value) throws Refused {
    if (time(value) instanceof LocalDateTime time) {
      return time;
    }
    throw new Refused("value.zone_unwanted");
  }

  private static LocalDateTime day(Object value) throws Refused {
    LocalDateTime time = withoutZone(value);
    if (!time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw new Refused("value.time_unwanted");
    }
    return time;
  }

  private static OffsetDateTime withZone(Object value) throws Refused {
    if (time(value) instanceof OffsetDateTime time) {
      return time;
    }
    throw new Refused("value.zone_missing", ZoneOffset.UTC);
  }

  private static String written(Object value) {
    return value instanceof String text ? text.strip() : "";
  }

  private static Object interval(@Nullable Object interval, String key) throws Refused {
    if (interval == null) {
      throw new Refused(key);
    }
    return interval;
  }

  private static Boolean truth(Object value) throws Refused {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof String text && text.equalsIgnoreCase("true")) {
      return Boolean.TRUE;
    }
    if (value instanceof String text && text.equalsIgnoreCase("false")) {
      return Boolean.FALSE;
    }
    throw new Refused("value.boolean");
  }

  private static byte[] bytes(Object value, Parameter parameter) throws Refused {
    if (!(value instanceof String text)) {
      throw new Refused("value.base64");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (parameter.maxLength() > 0 && bytes.length > parameter.maxLength()) {
        throw new Refused("value.too_many_bytes", parameter.maxLength(), bytes.length);
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new Refused("value.base64");
    }
  }
}
