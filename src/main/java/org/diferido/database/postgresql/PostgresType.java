package org.diferido.database.postgresql;

import java.util.HashMap;
import java.util.Map;
import org.diferido.procedure.ParameterType;

/**
 * The types of PostgreSQL by the name that {@code format_type} gives them, without a size
 * (PostgreSQL documentation, "Data Types").
 */
final class PostgresType {

  private static final Map<String, ParameterType> TYPES = new HashMap<>();

  static {
    put(ParameterType.TEXT, "text", "character varying", "character", "name", "\"char\"", "citext");
    put(ParameterType.TEXT, "json", "jsonb", "xml", "uuid", "inet", "cidr", "macaddr", "interval");
    put(ParameterType.TEXT, "time without time zone", "time with time zone", "bit", "bit varying");
    put(ParameterType.NUMBER, "numeric");
    put(ParameterType.INTEGER, "smallint", "integer", "bigint", "oid");
    put(ParameterType.FLOAT, "real", "double precision");
    put(ParameterType.DAY, "date");
    put(ParameterType.TIMESTAMP, "timestamp without time zone");
    put(ParameterType.TIMESTAMP_WITH_ZONE, "timestamp with time zone");
    put(ParameterType.BOOLEAN, "boolean");
    put(ParameterType.BINARY, "bytea");
    put(ParameterType.CURSOR, "refcursor");
  }

  /** How many digits the whole numbers have at most. */
  private static final Map<String, Integer> DIGITS =
      Map.of("smallint", 5, "integer", 10, "bigint", 19, "oid", 10);

  private PostgresType() {}

  private static void put(ParameterType type, String... names) {
    for (String name : names) {
      TYPES.put(name, type);
    }
  }

  /**
   * What a type is for callers.
   *
   * @param name of the type, or of what it is a domain over
   * @param kind pg_type.typtype: an enumeration is text
   */
  static ParameterType of(String name, String kind) {
    return kind.equals("e")
        ? ParameterType.TEXT
        : TYPES.getOrDefault(name, ParameterType.UNSUPPORTED);
  }

  static int integerDigits(String name) {
    return DIGITS.getOrDefault(name, 0);
  }
}
