package org.diferido.oracledouble.value;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.wire.OracleType;

/**
 * A type as the dictionary tells it.
 *
 * @param name as ALL_ARGUMENTS.DATA_TYPE has it
 * @param plsType the name that the source has, such as PLS_INTEGER
 * @param length in characters or bytes; null when it has none
 * @param path owner, name and subname of a user's own type; may be empty
 */
public record DataType(
    String name,
    String plsType,
    Integer length,
    Integer precision,
    Integer scale,
    List<String> path) {

  private static final Pattern NUMBERS = Pattern.compile("\\(([^)]*)\\)");

  private static final Pattern WITH_PATH =
      Pattern.compile(
          "(OBJECT|REF CURSOR|REF(?! CURSOR)|TABLE|VARRAY|OPAQUE|PL/SQL RECORD|PL/SQL TABLE)\\s+([\\w$#.]+)");

  /** Names that the dictionary tells by another one. */
  private static final Map<String, String> SUBTYPES =
      Map.ofEntries(
          entry("PLS_INTEGER", "BINARY_INTEGER"),
          entry("NATURAL", "BINARY_INTEGER"),
          entry("POSITIVE", "BINARY_INTEGER"),
          entry("SIMPLE_INTEGER", "BINARY_INTEGER"),
          entry("INTEGER", "NUMBER"),
          entry("INT", "NUMBER"),
          entry("SMALLINT", "NUMBER"),
          entry("DECIMAL", "NUMBER"),
          entry("NUMERIC", "NUMBER"),
          entry("VARCHAR", "VARCHAR2"),
          entry("STRING", "VARCHAR2"),
          entry("BOOLEAN", "PL/SQL BOOLEAN"),
          entry("SYS_REFCURSOR", "REF CURSOR"));

  private static final Map<String, Integer> WIRE =
      Map.ofEntries(
          entry("VARCHAR2", OracleType.VARCHAR),
          entry("NVARCHAR2", OracleType.VARCHAR),
          entry("CHAR", OracleType.CHAR),
          entry("NCHAR", OracleType.CHAR),
          entry("NUMBER", OracleType.NUMBER),
          entry("FLOAT", OracleType.NUMBER),
          entry("BINARY_INTEGER", OracleType.NUMBER),
          entry("BINARY_FLOAT", OracleType.BINARY_FLOAT),
          entry("BINARY_DOUBLE", OracleType.BINARY_DOUBLE),
          entry("DATE", OracleType.DATE),
          entry("TIMESTAMP", OracleType.TIMESTAMP),
          entry("TIMESTAMP WITH TIME ZONE", OracleType.TIMESTAMP_TZ),
          entry("TIMESTAMP WITH LOCAL TIME ZONE", OracleType.TIMESTAMP_LTZ),
          entry("INTERVAL DAY TO SECOND", OracleType.INTERVAL_DS),
          entry("INTERVAL YEAR TO MONTH", OracleType.INTERVAL_YM),
          entry("CLOB", OracleType.CLOB),
          entry("NCLOB", OracleType.CLOB),
          entry("BLOB", OracleType.BLOB),
          entry("RAW", OracleType.RAW),
          entry("LONG", OracleType.LONG),
          entry("LONG RAW", OracleType.LONG_RAW),
          entry("ROWID", OracleType.ROWID),
          entry("UROWID", OracleType.ROWID),
          entry("REF CURSOR", OracleType.CURSOR),
          entry("PL/SQL BOOLEAN", OracleType.BOOLEAN));

  public static DataType parse(String text) {
    String given = text.strip().toUpperCase(Locale.ROOT);
    Matcher withPath = WITH_PATH.matcher(given);
    if (withPath.matches()) {
      List<String> path = List.of(withPath.group(2).split("\\."));
      return new DataType(withPath.group(1), null, null, null, null, path);
    }
    List<Integer> numbers = new ArrayList<>();
    Matcher number = NUMBERS.matcher(given);
    while (number.find()) {
      for (String each : number.group(1).split(",")) {
        numbers.add(Integer.valueOf(each.replaceAll("\\b(CHAR|BYTE)\\b", "").strip()));
      }
    }
    String bare = NUMBERS.matcher(given).replaceAll("").replaceAll("\\s+", " ").strip();
    return scalar(bare, numbers);
  }

  private static DataType scalar(String bare, List<Integer> numbers) {
    String name = SUBTYPES.getOrDefault(bare, bare);
    Integer first = numbers.isEmpty() ? null : numbers.get(0);
    Integer last = numbers.isEmpty() ? null : numbers.get(numbers.size() - 1);
    return switch (name) {
      case "NUMBER" -> {
        Integer scale = numbers.size() > 1 ? last : first == null ? null : Integer.valueOf(0);
        yield new DataType(name, bare, null, first, scale, List.of());
      }
      case "FLOAT" -> new DataType(name, bare, null, first == null ? 126 : first, null, List.of());
      case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" ->
          new DataType(name, bare, null, null, last == null ? 6 : last, List.of());
      case "INTERVAL DAY TO SECOND" ->
          new DataType(name, bare, null, 2, last == null ? 6 : last, List.of());
      case "INTERVAL YEAR TO MONTH" -> new DataType(name, bare, null, 2, null, List.of());
      default -> new DataType(name, bare, first, null, null, List.of());
    };
  }

  /** The code of the type on the wire; a type that has none here cannot be called. */
  public int wireType() {
    Integer code = WIRE.get(name);
    if (code == null) {
      throw new UnknownException("values of type " + name);
    }
    return code;
  }

  public boolean isLob() {
    return OracleType.isLob(WIRE.getOrDefault(name, 0));
  }

  /** Whether its text is in the national character set. */
  public boolean isNational() {
    return name.startsWith("N") && (isLob() || name.endsWith("CHAR") || name.endsWith("CHAR2"));
  }

  public boolean isText() {
    return name.endsWith("CHAR") || name.endsWith("CHAR2");
  }

  /** Whether its values are made by a constructor. */
  public boolean isMade() {
    return name.equals("OBJECT") || name.equals("TABLE") || name.equals("VARRAY");
  }

  /** The n-th part of a user's own type's name, null when there is none. */
  public String pathPart(int at) {
    return at < path.size() ? path.get(at) : null;
  }
}
