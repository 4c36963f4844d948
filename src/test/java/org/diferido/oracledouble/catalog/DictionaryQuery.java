package org.diferido.oracledouble.catalog;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diferido.oracledouble.catalog.SelectList.Source;
import org.diferido.oracledouble.dictionary.Argument;
import org.diferido.oracledouble.dictionary.Dictionary;
import org.diferido.oracledouble.dictionary.StoredObject;
import org.diferido.oracledouble.dictionary.Subprogram;
import org.diferido.oracledouble.value.DataType;
import org.diferido.oracledouble.value.Rows;

/**
 * ALL_PROCEDURES with ALL_ARGUMENTS at its right: a row for each argument, one for a subprogram
 * that has none, and one for a package itself. Its binds are the owner, the object and the
 * procedure, which is null for one that stands alone.
 */
public final class DictionaryQuery {

  private static final String PROCEDURES = "ALL_PROCEDURES";
  private static final String ARGUMENTS = "ALL_ARGUMENTS";

  private final Dictionary dictionary;

  /**
   * @param subprogram null in the row of a package
   * @param argument null in a row without one
   * @param position 0 for what a function returns
   */
  private record Row(
      StoredObject object, Subprogram subprogram, Argument argument, int position, int sequence) {}

  public DictionaryQuery(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** What counts them is answered by tables of the same names. */
  public static boolean matches(String sql) {
    String text = sql.toUpperCase(Locale.ROOT);
    return text.contains(PROCEDURES) && text.contains(ARGUMENTS) && !text.contains("GROUP BY");
  }

  public Rows run(String sql, List<Object> binds) {
    String owner = (String) binds.get(0);
    String object = (String) binds.get(1);
    String procedure = (String) binds.get(2);
    List<Row> rows = new ArrayList<>();
    if (owner != null && object != null) {
      dictionary.object(owner, object).ifPresent(found -> addRows(rows, found, procedure));
    }
    return SelectList.of(sql)
        .select(
            Map.of(
                SelectList.alias(sql, PROCEDURES), PROCEDURE_COLUMNS,
                SelectList.alias(sql, ARGUMENTS), ARGUMENT_COLUMNS),
            rows);
  }

  private static void addRows(List<Row> rows, StoredObject object, String procedure) {
    if (object.isPackage() && procedure == null) {
      rows.add(new Row(object, null, null, 0, 0));
      return;
    }
    boolean standsAlone = !object.isPackage() && procedure == null;
    String name = standsAlone ? object.name() : procedure;
    if (object.isPackage() || standsAlone) {
      object.overloads(name).forEach(each -> addRows(rows, object, each));
    }
  }

  private static void addRows(List<Row> rows, StoredObject object, Subprogram subprogram) {
    int sequence = 0;
    if (subprogram.isFunction()) {
      rows.add(new Row(object, subprogram, subprogram.returned(), 0, ++sequence));
    }
    int position = 0;
    for (Argument argument : subprogram.arguments()) {
      rows.add(new Row(object, subprogram, argument, ++position, ++sequence));
    }
    if (sequence == 0) {
      rows.add(new Row(object, subprogram, null, 0, 0));
    }
  }

  private static final Map<String, Source<Row>> PROCEDURE_COLUMNS =
      Map.ofEntries(
          entry("OWNER", Source.of("VARCHAR2(128)", row -> row.object.owner())),
          entry("OBJECT_NAME", Source.of("VARCHAR2(128)", row -> row.object.name())),
          entry("PROCEDURE_NAME", Source.of("VARCHAR2(128)", DictionaryQuery::procedureName)),
          entry("OBJECT_ID", Source.of("NUMBER", row -> row.object.id())),
          entry(
              "SUBPROGRAM_ID",
              Source.of("NUMBER", row -> row.subprogram == null ? 0 : row.subprogram.id())),
          entry("OVERLOAD", Source.of("VARCHAR2(40)", DictionaryQuery::overload)),
          entry("OBJECT_TYPE", Source.of("VARCHAR2(13)", row -> row.object.kind())),
          entry("PIPELINED", Source.of("VARCHAR2(3)", row -> "NO")),
          entry("AUTHID", Source.of("VARCHAR2(12)", row -> "DEFINER")));

  private static final Map<String, Source<Row>> ARGUMENT_COLUMNS =
      Map.ofEntries(
          entry("ARGUMENT_NAME", of("VARCHAR2(128)", row -> row.argument.name())),
          entry("POSITION", of("NUMBER", row -> row.position)),
          entry("SEQUENCE", of("NUMBER", row -> row.sequence)),
          entry("DATA_LEVEL", of("NUMBER", row -> 0)),
          entry("IN_OUT", of("VARCHAR2(9)", row -> row.argument.direction().dictionaryName())),
          entry("DEFAULTED", of("VARCHAR2(1)", row -> row.argument.defaulted() ? "Y" : "N")),
          entry("DEFAULT_VALUE", of("LONG", row -> null)),
          entry("DATA_TYPE", of("VARCHAR2(30)", row -> type(row).name())),
          entry("PLS_TYPE", of("VARCHAR2(128)", row -> type(row).plsType())),
          entry("DATA_LENGTH", of("NUMBER", row -> type(row).length())),
          entry("DATA_PRECISION", of("NUMBER", row -> type(row).precision())),
          entry("DATA_SCALE", of("NUMBER", row -> type(row).scale())),
          entry("CHAR_LENGTH", of("NUMBER", DictionaryQuery::charLength)),
          entry("TYPE_OWNER", of("VARCHAR2(128)", row -> type(row).pathPart(0))),
          entry("TYPE_NAME", of("VARCHAR2(128)", row -> type(row).pathPart(1))),
          entry("TYPE_SUBNAME", of("VARCHAR2(128)", row -> type(row).pathPart(2))));

  private static Source<Row> of(String type, java.util.function.Function<Row, Object> value) {
    return Source.of(type, row -> row.argument == null ? null : value.apply(row));
  }

  private static DataType type(Row row) {
    return row.argument.type();
  }

  private static Object procedureName(Row row) {
    return row.subprogram == null || !row.object.isPackage() ? null : row.subprogram.name();
  }

  private static Object overload(Row row) {
    if (row.subprogram == null) {
      return null;
    }
    List<Subprogram> all = row.object.overloads(row.subprogram.name());
    return all.size() == 1 ? null : Integer.toString(all.indexOf(row.subprogram) + 1);
  }

  private static Object charLength(Row row) {
    Integer length = type(row).isText() ? type(row).length() : Integer.valueOf(0);
    return BigDecimal.valueOf(length == null ? 0 : length);
  }
}
