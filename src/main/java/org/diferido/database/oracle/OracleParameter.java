package org.diferido.database.oracle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.diferido.database.oracle.OracleMadeTypes.MadeType;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * A row of ALL_ARGUMENTS as a parameter.
 *
 * @param parameter as far as the row tells it: of a type that somebody made, not supported
 * @param made the owner and the name of that type, when its values may go in
 */
record OracleParameter(Parameter parameter, @Nullable TypeName made) {

  /** What a parameter of PL/SQL can hold when it is not limited (PL/SQL Language Reference). */
  private static final int MOST_BYTES = 32767;

  /** Those that every NUMBER keeps (SQL Language Reference, "NUMBER Data Type"). */
  private static final int MOST_DIGITS = 38;

  /** Significant binary digits (IEEE 754 binary32 and binary64). */
  private static final int SINGLE_PRECISION = 24;

  private static final int DOUBLE_PRECISION = 53;

  private static final String RETURNS = ArgumentMatching.RETURN_VALUE;

  /** Of a schema; those of a package have a TYPE_SUBNAME, or are called PL/SQL RECORD and TABLE. */
  private static final Set<String> MADE = Set.of("TABLE", "VARRAY", "OBJECT");

  /** Where a type is. */
  record TypeName(String owner, String name) {}

  static OracleParameter read(ResultSet row) throws SQLException {
    String declared = row.getString("DATA_TYPE");
    Direction direction = Direction.parse(row.getString("IN_OUT").replace('/', ' ')).orElseThrow();
    String name = row.getString("ARGUMENT_NAME");
    OracleType type = OracleType.of(declared);
    // Rows of a pipelined function are not a value that a call gives back.
    boolean pipelined = "YES".equals(row.getString("PIPELINED")) && name == null;
    Parameter parameter =
        new Parameter(
            name == null ? RETURNS : name,
            direction,
            pipelined || !type.goes(direction) ? ParameterType.UNSUPPORTED : type.type(),
            shown(declared, row) + (type.goes(direction) ? "" : " " + direction),
            "Y".equals(row.getString("DEFAULTED")),
            maxLength(type, length(type, row)),
            integerDigits(type, declared, row.getInt("DATA_PRECISION"), row.getInt("DATA_SCALE")));
    return new OracleParameter(parameter, direction == Direction.IN ? made(declared, row) : null);
  }

  private static @Nullable TypeName made(@Nullable String declared, ResultSet row)
      throws SQLException {
    String owner = row.getString("TYPE_OWNER");
    String name = row.getString("TYPE_NAME");
    boolean ofSchema =
        declared != null && MADE.contains(declared) && row.getString("TYPE_SUBNAME") == null;
    return ofSchema && owner != null && name != null ? new TypeName(owner, name) : null;
  }

  /** The parameter with what the dictionary knows of its type. */
  Parameter in(OracleMadeTypes types) throws SQLException {
    if (made == null) {
      return parameter;
    }
    MadeType type = types.find(made.owner, made.name);
    return new Parameter(
        parameter.name(),
        parameter.direction(),
        type.type(),
        parameter.databaseType() + type.note(),
        parameter.optional(),
        0,
        0,
        type.shape());
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

  private static int length(OracleType type, ResultSet row) throws SQLException {
    return row.getInt(type.type() == ParameterType.TEXT ? "CHAR_LENGTH" : "DATA_LENGTH");
  }

  /**
   * Most characters, bytes or digits.
   *
   * @param length as declared, or 0
   */
  static int maxLength(OracleType type, int length) {
    return switch (type.type()) {
      case TEXT, BINARY -> length <= 0 ? MOST_BYTES : length;
      case NUMBER -> MOST_DIGITS;
      case FLOAT -> type.isSingle() ? SINGLE_PRECISION : DOUBLE_PRECISION;
      default -> 0;
    };
  }

  /** Most digits before the decimal point; the precision of a FLOAT is in binary digits. */
  static int integerDigits(OracleType type, @Nullable String declared, int precision, int scale) {
    if (type.type() == ParameterType.INTEGER) {
      return 10;
    }
    boolean isDecimal = "NUMBER".equals(declared) || "DECIMAL".equals(declared);
    return isDecimal && precision > 0 ? precision - scale : 0;
  }
}
