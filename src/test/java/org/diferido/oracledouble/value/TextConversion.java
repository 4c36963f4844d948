package org.diferido.oracledouble.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Oracle makes of text where another type is wanted, and the other way round. */
final class TextConversion {

  private static final Pattern DAYS =
      Pattern.compile("([+-]?)(\\d+) (\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,9}))?");
  private static final Pattern YEARS = Pattern.compile("([+-]?)(\\d+)-(\\d{1,2})");

  /** NLS_DATE_FORMAT, as a server has it out of the box: DD-MON-RR. */
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("dd-MMM-")
          .appendValueReduced(java.time.temporal.ChronoField.YEAR, 2, 4, LocalDate.of(1950, 1, 1))
          .toFormatter(Locale.ENGLISH);

  private TextConversion() {}

  static String write(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ofPattern("dd-MMM-yy", Locale.ENGLISH)
          .format(time)
          .toUpperCase(Locale.ROOT);
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().withUpperCase().formatHex(bytes);
    }
    return value.toString();
  }

  static BigDecimal number(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new OraException(
          6502, "PL/SQL: numeric or value error: character to number conversion error");
    }
  }

  static LocalDateTime datetime(String text) {
    try {
      return LocalDate.parse(text.strip(), DATE).atStartOfDay();
    } catch (DateTimeParseException e) {
      throw new OraException(1861, "literal does not match format string");
    }
  }

  static Duration duration(String text) {
    Matcher fields = DAYS.matcher(text.strip());
    if (!fields.matches()) {
      throw new OraException(1867, "the interval is invalid");
    }
    String fraction = fields.group(6) == null ? "0" : fields.group(6);
    Duration size =
        Duration.ofDays(Long.parseLong(fields.group(2)))
            .plusHours(Long.parseLong(fields.group(3)))
            .plusMinutes(Long.parseLong(fields.group(4)))
            .plusSeconds(Long.parseLong(fields.group(5)))
            .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)));
    return fields.group(1).equals("-") ? size.negated() : size;
  }

  static Period period(String text) {
    Matcher fields = YEARS.matcher(text.strip());
    if (!fields.matches()) {
      throw new OraException(1867, "the interval is invalid");
    }
    Period size =
        Period.of(Integer.parseInt(fields.group(2)), Integer.parseInt(fields.group(3)), 0);
    return fields.group(1).equals("-") ? size.negated() : size;
  }
}
