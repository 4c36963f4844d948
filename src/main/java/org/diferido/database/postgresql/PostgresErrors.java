package org.diferido.database.postgresql;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.diferido.database.ErrorKind;
import org.diferido.database.ErrorTable;
import org.diferido.database.SqlErrors;

/** PostgreSQL's errors by their SQLState (PostgreSQL documentation, Appendix A). */
final class PostgresErrors implements ErrorTable {

  private static final Map<String, ErrorKind> STATES =
      Map.ofEntries(
          Map.entry("08001", ErrorKind.UNREACHABLE),
          Map.entry("08004", ErrorKind.UNREACHABLE),
          Map.entry("53300", ErrorKind.UNREACHABLE),
          Map.entry("57P03", ErrorKind.UNREACHABLE),
          Map.entry("57P01", ErrorKind.CONNECTION_LOST),
          Map.entry("57P02", ErrorKind.CONNECTION_LOST),
          Map.entry("57P04", ErrorKind.CONNECTION_LOST),
          Map.entry("57P05", ErrorKind.CONNECTION_LOST),
          Map.entry("25P03", ErrorKind.CONNECTION_LOST),
          Map.entry("25P04", ErrorKind.CONNECTION_LOST),
          Map.entry("57014", ErrorKind.CANCELLED),
          Map.entry("3D000", ErrorKind.REFUSED),
          Map.entry("P0001", ErrorKind.RAISED),
          Map.entry("55P03", ErrorKind.CONFLICT),
          Map.entry("55006", ErrorKind.CONFLICT));

  private static final Map<String, ErrorKind> CLASSES =
      Map.ofEntries(
          Map.entry("08", ErrorKind.CONNECTION_LOST),
          Map.entry("28", ErrorKind.REFUSED),
          Map.entry("40", ErrorKind.CONFLICT),
          Map.entry("72", ErrorKind.CONFLICT),
          Map.entry("03", ErrorKind.DATA),
          Map.entry("09", ErrorKind.DATA),
          Map.entry("0A", ErrorKind.DATA),
          Map.entry("0B", ErrorKind.DATA),
          Map.entry("0F", ErrorKind.DATA),
          Map.entry("0L", ErrorKind.DATA),
          Map.entry("0P", ErrorKind.DATA),
          Map.entry("0Z", ErrorKind.DATA),
          Map.entry("10", ErrorKind.DATA),
          Map.entry("20", ErrorKind.DATA),
          Map.entry("21", ErrorKind.DATA),
          Map.entry("22", ErrorKind.DATA),
          Map.entry("23", ErrorKind.DATA),
          Map.entry("24", ErrorKind.DATA),
          Map.entry("25", ErrorKind.DATA),
          Map.entry("26", ErrorKind.DATA),
          Map.entry("27", ErrorKind.DATA),
          Map.entry("2B", ErrorKind.DATA),
          Map.entry("2D", ErrorKind.DATA),
          Map.entry("2F", ErrorKind.DATA),
          Map.entry("34", ErrorKind.DATA),
          Map.entry("38", ErrorKind.DATA),
          Map.entry("39", ErrorKind.DATA),
          Map.entry("3B", ErrorKind.DATA),
          Map.entry("3F", ErrorKind.DATA),
          Map.entry("42", ErrorKind.DATA),
          Map.entry("44", ErrorKind.DATA),
          Map.entry("P0", ErrorKind.DATA),
          Map.entry("55", ErrorKind.DATA),
          Map.entry("53", ErrorKind.SERVER),
          Map.entry("54", ErrorKind.SERVER),
          Map.entry("57", ErrorKind.SERVER),
          Map.entry("58", ErrorKind.SERVER),
          Map.entry("F0", ErrorKind.SERVER),
          Map.entry("HV", ErrorKind.SERVER),
          Map.entry("XX", ErrorKind.SERVER));

  /** Only this one of class 20 is PostgreSQL's own: a CASE without a branch that fits. */
  private static final String CASE_NOT_FOUND = "20000";

  /**
   * What is not there or not of that kind any more: the routine, its schema, a type; and plans that
   * were made before (0A000, "cached plan must not change result type"; XX000, "cache lookup
   * failed").
   */
  private static final Set<String> STALE =
      Set.of("42883", "42725", "42704", "42809", "42P13", "3F000", "0A000", "XX000");

  /** What the driver puts before a text, and the places behind it, which are for the log. */
  private static final Pattern BEFORE = Pattern.compile("^(ERROR|FATAL|PANIC): ");

  private static final Pattern PLACES =
      Pattern.compile("\\n\\s+(Where|Position|Location|File|Internal \\w+):.*", Pattern.DOTALL);

  @Override
  public ErrorKind kind(SQLException error) {
    String state = SqlErrors.innermost(error).getSQLState();
    if (state == null || state.length() != 5) {
      return SqlErrors.isConnectionException(error) ? ErrorKind.CONNECTION_LOST : ErrorKind.SERVER;
    }
    ErrorKind own = STATES.get(state);
    if (own != null) {
      return own;
    }
    String stateClass = state.substring(0, 2);
    boolean raised =
        stateClass.equals("20") ? !state.equals(CASE_NOT_FOUND) : !CLASSES.containsKey(stateClass);
    return raised ? ErrorKind.RAISED : CLASSES.getOrDefault(stateClass, ErrorKind.SERVER);
  }

  @Override
  public String code(SQLException error) {
    String text = text(error);
    SQLException root = SqlErrors.innermost(error);
    return SqlErrors.code(new SQLException(text, root.getSQLState(), root));
  }

  @Override
  public String text(SQLException error) {
    SQLException root = SqlErrors.innermost(error);
    String message = root.getMessage() == null ? "" : root.getMessage();
    String own = PLACES.matcher(BEFORE.matcher(message).replaceFirst("")).replaceFirst("").strip();
    return own.isEmpty() ? "SQLSTATE-" + root.getSQLState() : own;
  }

  @Override
  public boolean isSignatureStale(SQLException error) {
    String state = SqlErrors.innermost(error).getSQLState();
    return state != null && STALE.contains(state);
  }
}
