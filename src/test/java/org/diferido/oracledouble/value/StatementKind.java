package org.diferido.oracledouble.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does, by its first word. */
public enum StatementKind {
  QUERY,
  CHANGE,
  BLOCK,
  DEFINITION,
  LOCK,
  OTHER;

  /** Behind spaces, comments and parentheses. */
  private static final Pattern FIRST_WORD =
      Pattern.compile("(?s)(?:\\s|\\(|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*(\\w+).*");

  public static StatementKind of(String sql) {
    Matcher first = FIRST_WORD.matcher(sql);
    return switch (first.matches() ? first.group(1).toUpperCase(Locale.ROOT) : "") {
      case "SELECT", "WITH" -> QUERY;
      case "INSERT", "UPDATE", "DELETE", "MERGE" -> CHANGE;
      case "BEGIN", "DECLARE", "CALL" -> BLOCK;
      case "CREATE", "ALTER", "DROP", "TRUNCATE", "COMMENT", "GRANT", "REVOKE", "RENAME" ->
          DEFINITION;
      case "LOCK" -> LOCK;
      default -> OTHER;
    };
  }
}
