package org.diferido.database.oracle;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * A type of a parameter, by its name in ALL_ARGUMENTS.DATA_TYPE (Oracle Database Reference).
 *
 * @param type what it is for callers; UNSUPPORTED for what no value can be given for, nor taken
 *     from
 * @param jdbcType what to register for a value that comes out, and to say of a null that goes in
 * @param national whether it is text of the national character set
 */
record OracleType(ParameterType type, int jdbcType, boolean national) {

  /**
   * Codes of the driver's own, oracle.jdbc.OracleTypes; its classes are not to be seen from here.
   */
  private static final int BINARY_FLOAT = 100;

  private static final int BINARY_DOUBLE = 101;
  private static final int TIMESTAMP_WITH_ZONE = -101;
  private static final int INTERVAL_YEAR_TO_MONTH = -103;
  private static final int INTERVAL_DAY_TO_SECOND = -104;
  private static final int PLSQL_BOOLEAN = 252;

  private static final OracleType UNSUPPORTED =
      new OracleType(ParameterType.UNSUPPORTED, Types.OTHER, false);

  private static final Map<String, OracleType> TYPES = new HashMap<>();

  /** Above it the driver sends a text or RAW as something longer (seen, in bytes). */
  private static final int MOST_BYTES = 32_766;

  static {
    put(ParameterType.TEXT, Types.VARCHAR, "VARCHAR2", "VARCHAR");
    put(ParameterType.TEXT, Types.CHAR, "CHAR");
    put(ParameterType.TEXT, Types.LONGVARCHAR, "LONG");
    // As text, which PL/SQL converts both ways: the driver takes a ROWID only as a class of its
    // own.
    put(ParameterType.TEXT, Types.VARCHAR, "ROWID", "UROWID");
    TYPES.put("NVARCHAR2", new OracleType(ParameterType.TEXT, Types.NVARCHAR, true));
    TYPES.put("NCHAR", new OracleType(ParameterType.TEXT, Types.NCHAR, true));
    put(ParameterType.MONTH_INTERVAL, INTERVAL_YEAR_TO_MONTH, "INTERVAL YEAR TO MONTH");
    put(ParameterType.DAY_INTERVAL, INTERVAL_DAY_TO_SECOND, "INTERVAL DAY TO SECOND");
    put(ParameterType.NUMBER, Types.NUMERIC, "NUMBER", "FLOAT", "REAL", "DECIMAL", "INTEGER");
    put(ParameterType.INTEGER, Types.INTEGER, "BINARY_INTEGER", "PLS_INTEGER");
    put(ParameterType.FLOAT, BINARY_FLOAT, "BINARY_FLOAT");
    put(ParameterType.FLOAT, BINARY_DOUBLE, "BINARY_DOUBLE");
    put(ParameterType.DATE, Types.TIMESTAMP, "DATE");
    put(ParameterType.TIMESTAMP, Types.TIMESTAMP, "TIMESTAMP");
    // The local one is converted by the database: so no session has to know a time zone.
    put(ParameterType.TIMESTAMP_WITH_ZONE, TIMESTAMP_WITH_ZONE, "TIMESTAMP WITH TIME ZONE");
    put(ParameterType.TIMESTAMP_WITH_ZONE, TIMESTAMP_WITH_ZONE, "TIMESTAMP WITH LOCAL TIME ZONE");
    put(ParameterType.BOOLEAN, PLSQL_BOOLEAN, "PL/SQL BOOLEAN");
    put(ParameterType.BOOLEAN, Types.BOOLEAN, "BOOLEAN");
    put(ParameterType.CLOB, Types.CLOB, "CLOB");
    TYPES.put("NCLOB", new OracleType(ParameterType.CLOB, Types.NCLOB, true));
    put(ParameterType.BLOB, Types.BLOB, "BLOB");
    put(ParameterType.BINARY, Types.VARBINARY, "RAW");
    put(ParameterType.BINARY, Types.LONGVARBINARY, "LONG RAW");
    put(ParameterType.CURSOR, Types.REF_CURSOR, "REF CURSOR");
  }

  private static void put(ParameterType type, int jdbcType, String... names) {
    for (String name : names) {
      TYPES.put(name, new OracleType(type, jdbcType, false));
    }
  }

  /** The type of a name, with or without its size: {@code TIMESTAMP(6) WITH TIME ZONE}. */
  static OracleType of(@Nullable String name) {
    return name == null
        ? UNSUPPORTED
        : TYPES.getOrDefault(name.replaceAll("\\(\\d+(,-?\\d+)?\\)", ""), UNSUPPORTED);
  }

  /**
   * The type as which a parameter is bound both ways with this value. The driver sends a long text
   * or RAW as a large object and wants to get the same back (ORA-17012); PL/SQL converts it.
   */
  OracleType boundBothWaysWith(@Nullable Object value) {
    if (type == ParameterType.TEXT && value instanceof String text && isLong(text)) {
      return of(national ? "NCLOB" : "CLOB");
    }
    return type == ParameterType.BINARY
            && value instanceof byte[] bytes
            && bytes.length > MOST_BYTES
        ? of("BLOB")
        : this;
  }

  private static boolean isLong(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }

  /** No cursor can be given to a call; an interval goes in as text, and so not both ways. */
  boolean goes(Direction direction) {
    return switch (type) {
      case CURSOR -> direction == Direction.OUT;
      case DAY_INTERVAL, MONTH_INTERVAL -> direction != Direction.INOUT;
      default -> true;
    };
  }

  /** Whether it is an interval, which goes in as text. */
  boolean isInterval() {
    return type == ParameterType.DAY_INTERVAL || type == ParameterType.MONTH_INTERVAL;
  }

  /** Whether it is a binary number of single precision. */
  boolean isSingle() {
    return jdbcType == BINARY_FLOAT;
  }
}
