package org.diferido.oracledouble.backing;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.UnknownException;
import org.hsqldb.error.ErrorCode;

/** Oracle's numbers for HSQLDB's errors. */
final class SqlErrors {

  private static final Pattern NAME = Pattern.compile("not found: ([\\w$]+)");

  private static final Pattern VIEW = Pattern.compile("(?:ALL|DBA|USER)_.*|G?V_?\\$.*");

  private SqlErrors() {}

  static OraException translate(SQLException error, String sql) {
    String text = error.getMessage();
    return switch (Math.abs(error.getErrorCode())) {
      case ErrorCode.X_23505 -> new OraException(1, "unique constraint violated: " + text);
      case ErrorCode.X_23502 -> new OraException(1400, "cannot insert NULL: " + text);
      case ErrorCode.X_23503 -> new OraException(2291, "integrity constraint violated: " + text);
      case ErrorCode.X_23504 -> new OraException(2292, "integrity constraint violated: " + text);
      case ErrorCode.X_23513 -> new OraException(2290, "check constraint violated: " + text);
      case ErrorCode.X_22001 -> new OraException(12899, "value too large for column: " + text);
      case ErrorCode.X_22003 -> new OraException(1438, "value larger than precision: " + text);
      case ErrorCode.X_22012 -> new OraException(1476, "divisor is equal to zero");
      case ErrorCode.X_22018 -> new OraException(1722, "invalid number: " + text);
      case ErrorCode.X_42501 -> notThere(text, sql);
      case ErrorCode.X_3F000 -> new OraException(942, "table or view does not exist: " + text);
      case ErrorCode.X_42504 -> new OraException(955, "name is already used: " + text);
      case ErrorCode.X_40001 -> new OraException(8177, "can't serialize access: " + text);
      default -> new UnknownException(text);
    };
  }

  /** HSQLDB has one code for every object that is not there. */
  private static OraException notThere(String text, String sql) {
    Matcher name = NAME.matcher(text);
    if (name.find() && VIEW.matcher(name.group(1)).matches()) {
      return new UnknownException("the view " + name.group(1));
    }
    boolean column = name.reset().find() && !isTable(name.group(1), sql);
    return column
        ? new OraException(904, "invalid identifier: " + text)
        : new OraException(942, "table or view does not exist: " + text);
  }

  private static boolean isTable(String name, String sql) {
    String place = "(?is).*\\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ON)\\s+(?:\"?\\w+\"?\\.)?\"?%s\\b.*";
    return sql.matches(place.formatted(Pattern.quote(name)));
  }
}
