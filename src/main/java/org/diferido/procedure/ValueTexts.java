package org.diferido.procedure;

import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/** The texts by which a value may be told by a database or by a procedure. */
final class ValueTexts {

  /** More places than numbers of a database have; as plain text such a number fills the memory. */
  private static final int MOST_PLACES = 1000;

  private static final int DATE_LENGTH = "2025-12-10".length();

  private ValueTexts() {}

  /** Of all the scalars in a JSON value, or in one as it is bound, each line by itself. */
  static Stream<String> of(Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.values().stream().flatMap(Stream::ofNullable).flatMap(ValueTexts::of);
    }
    if (value instanceof Collection<?> parts) {
      return parts.stream().flatMap(Stream::ofNullable).flatMap(ValueTexts::of);
    }
    return scalar(value)
        .flatMap(ValueTexts::quoted)
        // What tells a text may break it into its lines, and drop the blanks around them.
        .flatMap(text -> Stream.of(text.split("\\R")))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .distinct();
  }

  private static Stream<String> scalar(Object value) {
    if (value instanceof BigDecimal number) {
      return Math.abs((long) number.scale()) > MOST_PLACES
          ? Stream.of(number.toString())
          : Stream.of(
              number.toString(),
              number.toPlainString(),
              number.stripTrailingZeros().toPlainString());
    }
    if (value instanceof byte[] bytes) {
      return Stream.of(HexFormat.of().formatHex(bytes), Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof Temporal) {
      String text = value.toString();
      return Stream.of(text, text.substring(0, Math.min(DATE_LENGTH, text.length())));
    }
    return Stream.of(value.toString());
  }

  /** As it is, and as it stands within quotes in SQL, in a row of PostgreSQL, and in JSON. */
  private static Stream<String> quoted(String text) {
    String escaped = text.replace("\\", "\\\\");
    return Stream.of(
        text,
        text.replace("'", "''"),
        escaped.replace("\"", "\"\""),
        escaped.replace("\"", "\\\""));
  }
}
