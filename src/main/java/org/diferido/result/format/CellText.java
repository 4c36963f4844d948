package org.diferido.result.format;

import java.util.regex.Pattern;

/**
 * A text as a spreadsheet reads it (ECMA-376 part 1, 22.9.2.19, ST_Xstring): what XML cannot have
 * or would lose is written {@code _x0001_}, and so is what looks like that already.
 */
final class CellText {

  private static final Pattern LOOKS_ESCAPED = Pattern.compile("_x[0-9A-Fa-f]{4}_");

  private CellText() {}

  /** Half a character, which is none, becomes a question mark. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); ) {
      int each = text.codePointAt(at);
      if (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE) {
        escaped.append('?');
      } else if (isLost(text, at, each)) {
        escaped.append(String.format("_x%04X_", each));
      } else {
        escaped.appendCodePoint(each);
      }
      at += Character.charCount(each);
    }
    return escaped.toString();
  }

  private static boolean isLost(String text, int at, int each) {
    if (each <= ' ') {
      // White space at either end is dropped unless it is asked for.
      boolean atAnEnd = at == 0 || at == text.length() - 1;
      return atAnEnd || (each < ' ' && each != '\t' && each != '\n');
    }
    return each == 0xfffe
        || each == 0xffff
        || (each == '_' && LOOKS_ESCAPED.matcher(text).region(at, text.length()).lookingAt());
  }
}
