package org.diferido.oracledouble.catalog;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.catalog.SelectList.Source;
import org.diferido.oracledouble.dictionary.Dictionary;
import org.diferido.oracledouble.dictionary.MadeType;
import org.diferido.oracledouble.dictionary.MadeType.Kind;
import org.diferido.oracledouble.dictionary.MadeType.Part;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;

/**
 * ALL_TYPES, ALL_COLL_TYPES or ALL_TYPE_ATTRS, alone, the attributes in their order. Its binds are
 * the owner and the type.
 */
public final class TypeQuery {

  private static final Pattern VIEW =
      Pattern.compile("(?is).*\\bFROM\\s+(ALL_TYPES|ALL_COLL_TYPES|ALL_TYPE_ATTRS)\\b.*");

  /** Some types these views spell in a way of their own. */
  private static final Map<String, String> SPELLINGS =
      Map.of(
          "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH TZ",
          "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP WITH LOCAL TZ");

  private final Dictionary dictionary;

  /**
   * @param part null in the row of a type itself
   */
  private record Row(MadeType type, Part part, int number) {}

  public TypeQuery(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  public static boolean matches(String sql) {
    return VIEW.matcher(sql).matches();
  }

  public Rows run(String sql, List<Object> binds) {
    Matcher from = VIEW.matcher(sql);
    if (!from.matches() || binds.size() != 2) {
      throw new UnknownException("which types are meant by " + sql);
    }
    String view = from.group(1).toUpperCase(Locale.ROOT);
    Optional<MadeType> type = dictionary.type((String) binds.get(0), (String) binds.get(1));
    List<Row> rows = type.map(each -> rows(view, each)).orElse(List.of());
    return SelectList.of(sql).select(Map.of(SelectList.alias(sql, view), columns(view)), rows);
  }

  private static List<Row> rows(String view, MadeType type) {
    return switch (view) {
      case "ALL_TYPES" -> List.of(new Row(type, null, 0));
      case "ALL_COLL_TYPES" -> type.isCollection() ? parts(type) : List.of();
      default -> type.kind() == Kind.OBJECT ? parts(type) : List.of();
    };
  }

  private static List<Row> parts(MadeType type) {
    return type.parts().stream()
        .map(part -> new Row(type, part, type.parts().indexOf(part) + 1))
        .toList();
  }

  private static Map<String, Source<Row>> columns(String view) {
    return switch (view) {
      case "ALL_TYPES" -> TYPE_COLUMNS;
      case "ALL_COLL_TYPES" -> COLLECTION_COLUMNS;
      default -> ATTRIBUTE_COLUMNS;
    };
  }

  private static final Map<String, Source<Row>> TYPE_COLUMNS =
      Map.ofEntries(
          entry("OWNER", of("VARCHAR2(128)", row -> row.type.owner())),
          entry("TYPE_NAME", of("VARCHAR2(128)", row -> row.type.name())),
          entry("TYPECODE", of("VARCHAR2(128)", TypeQuery::code)),
          entry("INCOMPLETE", of("VARCHAR2(3)", row -> "NO")),
          entry("INSTANTIABLE", of("VARCHAR2(3)", row -> row.type.instantiable() ? "YES" : "NO")));

  private static final Map<String, Source<Row>> COLLECTION_COLUMNS =
      Map.ofEntries(
          entry("OWNER", of("VARCHAR2(128)", row -> row.type.owner())),
          entry("TYPE_NAME", of("VARCHAR2(128)", row -> row.type.name())),
          entry(
              "COLL_TYPE",
              of(
                  "VARCHAR2(128)",
                  row -> row.type.kind() == Kind.TABLE ? "TABLE" : "VARYING ARRAY")),
          entry("UPPER_BOUND", of("NUMBER", row -> row.type.limit())),
          entry("ELEM_TYPE_MOD", of("VARCHAR2(7)", TypeQuery::modifier)),
          entry("ELEM_TYPE_OWNER", of("VARCHAR2(128)", row -> row.part.type().pathPart(0))),
          entry("ELEM_TYPE_NAME", of("VARCHAR2(128)", TypeQuery::partType)),
          entry("LENGTH", of("NUMBER", row -> row.part.type().length())),
          entry("PRECISION", of("NUMBER", row -> row.part.type().precision())),
          entry("SCALE", of("NUMBER", row -> row.part.type().scale())));

  private static final Map<String, Source<Row>> ATTRIBUTE_COLUMNS =
      Map.ofEntries(
          entry("OWNER", of("VARCHAR2(128)", row -> row.type.owner())),
          entry("TYPE_NAME", of("VARCHAR2(128)", row -> row.type.name())),
          entry("ATTR_NAME", of("VARCHAR2(128)", row -> row.part.name())),
          entry("ATTR_NO", of("NUMBER", row -> row.number)),
          entry("ATTR_TYPE_MOD", of("VARCHAR2(7)", TypeQuery::modifier)),
          entry("ATTR_TYPE_OWNER", of("VARCHAR2(128)", row -> row.part.type().pathPart(0))),
          entry("ATTR_TYPE_NAME", of("VARCHAR2(128)", TypeQuery::partType)),
          entry("LENGTH", of("NUMBER", row -> row.part.type().length())),
          entry("PRECISION", of("NUMBER", row -> row.part.type().precision())),
          entry("SCALE", of("NUMBER", row -> row.part.type().scale())));

  private static Source<Row> of(String type, Function<Row, Object> value) {
    return Source.of(type, value);
  }

  /** Of something opaque it is the name itself. */
  private static String code(Row row) {
    return switch (row.type.kind()) {
      case TABLE, VARRAY -> "COLLECTION";
      case OBJECT -> "OBJECT";
      case OPAQUE -> row.type.name();
    };
  }

  private static String modifier(Row row) {
    return row.part.isReference() ? "REF" : null;
  }

  /** Other than ALL_ARGUMENTS, these tell INTEGER and the like as they were declared. */
  private static String partType(Row row) {
    String declared = row.part.type().plsType();
    String name = row.part.isMade() || declared == null ? row.part.type().name() : declared;
    return SPELLINGS.getOrDefault(name, name);
  }
}
