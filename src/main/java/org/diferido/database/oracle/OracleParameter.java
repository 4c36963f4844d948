package org.diferido.database.oracle;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/** A row of ALL_ARGUMENTS as a parameter. */
final class OracleParameter {

  /** What a parameter of PL/SQL can hold when it is not limited (PL/SQL Language Reference). */
  private static final int MOST_BYTES = 32767;

  private static final String RETURNS = ArgumentMatching.RETURN_VALUE;

  private OracleParameter() {}

  static Parameter read(ResultSet row) throws SQLException {
    String declared = row.getString("DATA_TYPE");
    Direction direction = Direction.parse(row.getString("IN_OUT").replace('/', ' ')).orElseThrow();
    String name = row.getString("ARGUMENT_NAME");
    OracleType type = OracleType.of(declared);
    // Rows of a pipelined function are not a value that a call gives back.
    boolean pipelined = "YES".equals(row.getString("PIPELINED"));
    return new Parameter(
        name == null ? RETURNS : name,
        direction,
        pipelined && name == null ? ParameterType.UNSUPPORTED : type.type(),
        shown(declared, row),
        "Y".equals(row.getString("DEFAULTED")),
        maxLength(type, row),
        integerDigits(type, row));
  }

  /** The name of the type; of those that somebody made, what they called it. */
  private static String shown(@Nullable String declared, ResultSet row) throws SQLException {
    String type = declared == null ? "?" : declared;
    String own = row.getString("TYPE_NAME");
    if (own == null || OracleType.of(declared).type() != ParameterType.UNSUPPORTED) {
      return type;
    }
    String owner = row.getString("TYPE_OWNER");
    String sub = row.getString("TYPE_SUBNAME");
    return type + " " + (owner == null ? "" : owner + ".") + own + (sub == null ? "" : "." + sub);
  }

  private static int maxLength(OracleType type, ResultSet row) throws SQLException {
    int length =
        switch (type.type()) {
          case TEXT -> Math.max(row.getInt("CHAR_LENGTH"), 0);
          case BINARY -> Math.max(row.getInt("DATA_LENGTH"), 0);
          default -> 0;
        };
    boolean limited = type.type() == ParameterType.TEXT || type.type() == ParameterType.BINARY;
    return limited && length == 0 ? MOST_BYTES : length;
  }

  private static int integerDigits(OracleType type, ResultSet row) throws SQLException {
    if (type.type() == ParameterType.INTEGER) {
      return 10;
    }
    int precision = row.getInt("DATA_PRECISION");
    boolean limited = type.type() == ParameterType.NUMBER && precision > 0 && isDecimal(row);
    return limited ? precision - row.getInt("DATA_SCALE") : 0;
  }

  /** The precision of a FLOAT is in binary digits. */
  private static boolean isDecimal(ResultSet row) throws SQLException {
    return "NUMBER".equals(row.getString("DATA_TYPE"));
  }
}
