package org.diferido.database.oracle;

import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
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

  static {
    put(ParameterType.TEXT, Types.VARCHAR, "VARCHAR2", "VARCHAR");
    put(ParameterType.TEXT, Types.CHAR, "CHAR");
    put(ParameterType.TEXT, Types.LONGVARCHAR, "LONG");
    put(ParameterType.TEXT, Types.ROWID, "ROWID", "UROWID");
    TYPES.put("NVARCHAR2", new OracleType(ParameterType.TEXT, Types.NVARCHAR, true));
    TYPES.put("NCHAR", new OracleType(ParameterType.TEXT, Types.NCHAR, true));
    put(ParameterType.TEXT, INTERVAL_YEAR_TO_MONTH, "INTERVAL YEAR TO MONTH");
    put(ParameterType.TEXT, INTERVAL_DAY_TO_SECOND, "INTERVAL DAY TO SECOND");
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

  /** Whether it is a binary number of single precision. */
  boolean isSingle() {
    return jdbcType == BINARY_FLOAT;
  }
}
