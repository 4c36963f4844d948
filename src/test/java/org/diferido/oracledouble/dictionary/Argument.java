package org.diferido.oracledouble.dictionary;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.DataType;
import org.diferido.oracledouble.value.Direction;

/**
 * A declared argument, or what a function returns.
 *
 * @param name null for what a function returns
 */
public record Argument(String name, Direction direction, DataType type, boolean defaulted) {

  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?is)\\s*(\"[^\"]+\"|[\\w$#]+)\\s+(IN\\s*/?\\s*OUT\\b|IN\\b|OUT\\b)?\\s*(?:NOCOPY\\b)?\\s*"
              + "(.+?)\\s*(\\bDEFAULT\\b.*|:=.*)?");

  static Argument parse(String declaration) {
    Matcher parts = DECLARATION.matcher(declaration);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no argument: " + declaration);
    }
    return new Argument(
        Names.fold(parts.group(1)),
        direction(parts.group(2)),
        DataType.parse(parts.group(3)),
        parts.group(4) != null);
  }

  static Argument returned(String type) {
    return new Argument(null, Direction.OUT, DataType.parse(type), false);
  }

  private static Direction direction(String words) {
    if (words == null || words.equalsIgnoreCase("IN")) {
      return Direction.IN;
    }
    return words.equalsIgnoreCase("OUT") ? Direction.OUT : Direction.IN_OUT;
  }
}
