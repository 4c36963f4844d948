package org.diferido.oracledouble.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column of a query. */
public record Column(String name, DataType type) {

  private static final Pattern DECLARATION =
      Pattern.compile("(?s)\\s*(?:\"([^\"]+)\"|([\\w$#]+))\\s+(.+)");

  static Column parse(String declaration) {
    Matcher parts = DECLARATION.matcher(declaration);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no column: " + declaration);
    }
    String name = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return new Column(name, DataType.parse(parts.group(3)));
  }
}
