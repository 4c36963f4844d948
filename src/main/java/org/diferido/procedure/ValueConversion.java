package org.diferido.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.diferido.failure.Message;

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

  /** ISO 8601 and the two ways of the Spanish-speaking world, day first; a time may follow. */
  private static final DateTimeFormatter DATE_AND_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("[uuuu-MM-dd][dd/MM/uuuu][dd-MM-uuuu]")
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .appendPattern("[XXX]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private ValueConversion() {}

  /** A value that the parameter cannot take, and why. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Message why;

    Refused(String key, Object... arguments) {
      this.why = Message.of(key, arguments);
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
      case TIMESTAMP -> withoutZone(value);
      case TIMESTAMP_WITH_ZONE -> withZone(value);
      case BOOLEAN -> truth(value);
      case BLOB, BINARY -> bytes(value, parameter);
      case CURSOR -> throw new Refused("value.cursor");
      case UNSUPPORTED -> throw new Refused("value.unsupported", parameter.databaseType());
    };
  }

  private static String text(Object value, Parameter parameter) throws Refused {
    String text;
    if (value instanceof String string) {
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
    inRange(number);
    int integerDigits = number.precision() - number.scale();
    if (parameter.integerDigits() > 0
        && number.signum() != 0
        && integerDigits > parameter.integerDigits()) {
      throw new Refused("value.too_large", parameter.integerDigits());
    }
    return number;
  }

  private static BigDecimal inRange(BigDecimal number) throws Refused {
    if (number.signum() != 0
        && ((long) number.precision() - number.scale() > MOST_INTEGER_DIGITS
            || number.scale() > MOST_SCALE + number.precision())) {
      throw new Refused("value.out_of_range");
    }
    return number.signum() == 0 ? BigDecimal.ZERO : number;
  }

  private static BigDecimal integer(Object value, Parameter parameter) throws Refused {
    BigDecimal number = number(value, parameter);
    if (number.stripTrailingZeros().scale() > 0) {
      throw new Refused("value.integer");
    }
    return number;
  }

  private static TemporalAccessor time(Object value) throws Refused {
    if (value instanceof String text) {
      try {
        TemporalAccessor parsed =
            DATE_AND_TIME.parseBest(
                text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        boolean zoneWithoutTime =
            parsed instanceof LocalDate && (text.endsWith("Z") || text.lastIndexOf(':') > 0);
        if (!zoneWithoutTime) {
          return parsed;
        }
      } catch (DateTimeParseException e) {
        throw new Refused("value.date");
      }
    }
    throw new Refused("value.date");
  }

  private static LocalDateTime withoutZone(Object value) throws Refused {
    TemporalAccessor time = time(value);
    if (time instanceof OffsetDateTime) {
      throw new Refused("value.zone_unwanted");
    }
    return time instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) time;
  }

  private static OffsetDateTime withZone(Object value) throws Refused {
    if (time(value) instanceof OffsetDateTime time) {
      return time;
    }
    throw new Refused("value.zone_missing", ZoneOffset.UTC);
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
