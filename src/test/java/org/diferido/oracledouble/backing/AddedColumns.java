package org.diferido.oracledouble.backing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Oracle adds several columns of a table in one statement; the backing database one in each. */
final class AddedColumns {

  private static final Pattern SEVERAL =
      Pattern.compile(
          "(?is)(?:\\s|--[^\\n]*\\n)*(ALTER\\s+TABLE\\s+\\S+\\s+ADD)\\s*\\((.*)\\)\\s*;?\\s*");

  private AddedColumns() {}

  /** The statements that do what one does; that one alone when it adds no columns. */
  static List<String> each(String sql) {
    Matcher several = SEVERAL.matcher(sql);
    return several.matches()
        ? columns(several.group(2)).stream()
            .map(column -> several.group(1) + " (" + column + ")")
            .toList()
        : List.of(sql);
  }

  /** Parted by the commas that are in no parentheses. */
  private static List<String> columns(String list) {
    List<String> columns = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int at = 0; at < list.length(); at++) {
      char each = list.charAt(at);
      depth += each == '(' ? 1 : each == ')' ? -1 : 0;
      if (each == ',' && depth == 0) {
        columns.add(list.substring(from, at).strip());
        from = at + 1;
      }
    }
    columns.add(list.substring(from).strip());
    return columns;
  }
}
