package org.diferido.database;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be read from an {@link SQLException} whatever the database. */
public final class SqlErrors {

  private static final Pattern ORACLE_CODE = Pattern.compile("^\\s*(ORA-\\d{5})\\b");

  /** The lines by which Oracle tells where in the code; they are for the log. */
  private static final String STACK_LINE = "ORA-06512";

  /** Drivers written in Java put the names of Java's exceptions into their texts. */
  private static final Pattern JAVA_CLASS =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)\\b:?[ \\t]*");

  private static final Pattern USER_ERROR = Pattern.compile("ORA-20\\d{3}");
  private static final String CONNECTION_EXCEPTION = "08";
  private static final int LONGEST_CHAIN = 100;

  private SqlErrors() {}

  /** The error at the root: the last SQLException in the chain of causes. */
  public static SQLException innermost(SQLException error) {
    SQLException innermost = error;
    Throwable cause = error;
    // A chain of causes may be a circle.
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof SQLException sql) {
        innermost = sql;
      }
      cause = cause.getCause();
    }
    return innermost;
  }

  /** {@code ORA-20001} where the text begins with such a code, else {@code SQLSTATE-xxxxx}. */
  public static String code(SQLException error) {
    Matcher oracle = ORACLE_CODE.matcher(orEmpty(error.getMessage()));
    return oracle.find() ? oracle.group(1) : "SQLSTATE-" + orEmpty(error.getSQLState());
  }

  /** Whether a code is one of those that Oracle leaves to procedures: ORA-20000 to ORA-20999. */
  public static boolean isUserError(String code) {
    return USER_ERROR.matcher(code).matches();
  }

  /** The error's own text, without the database's stack and without the names of Java classes. */
  public static String text(SQLException error) {
    String text =
        orEmpty(error.getMessage())
            .lines()
            .filter(line -> !line.stripLeading().startsWith(STACK_LINE))
            .collect(Collectors.joining("\n"));
    String plain = JAVA_CLASS.matcher(text).replaceAll("").strip();
    return plain.isEmpty() ? code(error) : plain;
  }

  /** Whether one of the errors in the chain has an SQLState of class 08, "connection exception". */
  public static boolean isConnectionException(SQLException error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof SQLException sql
          && orEmpty(sql.getSQLState()).startsWith(CONNECTION_EXCEPTION)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
