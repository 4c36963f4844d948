package org.diferido.oracledouble.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.OraException;

/**
 * A name in its parts, folded as Oracle does.
 *
 * @param link behind the {@code @}; null for none
 */
public record Names(List<String> parts, String link) {

  private static final Pattern PART = Pattern.compile("\\s*(\"[^\"]+\"|[\\p{L}][\\w$#]*)\\s*");

  static Names parse(String text) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(text == null ? "" : text);
    int at = 0;
    while (part.region(at, part.regionEnd()).lookingAt()) {
      parts.add(fold(part.group(1)));
      at = part.end();
      if (at == part.regionEnd() || text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    boolean ended = !parts.isEmpty() && at == text.length() && !text.endsWith(".");
    boolean linked = !parts.isEmpty() && at < text.length() && text.charAt(at) == '@';
    if (!ended && !linked) {
      throw new OraException(931, "missing identifier");
    }
    return new Names(parts, linked ? text.substring(at + 1).toUpperCase(Locale.ROOT) : null);
  }

  /** Upper case, unless it is quoted. */
  public static String fold(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1)
        : identifier.toUpperCase(Locale.ROOT);
  }
}
