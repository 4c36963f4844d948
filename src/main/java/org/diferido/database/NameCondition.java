package org.diferido.database;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.diferido.procedure.NameArea;
import org.diferido.procedure.NameArea.Beginning;
import org.diferido.procedure.ProcedurePattern;

/**
 * The condition that a name of the dictionary is in one of some areas: as much of patterns as a
 * database can look up. A whole name is compared as the database folds it, or else as it was
 * written; so it is found by an index, and missed where somebody quoted it in yet another way.
 *
 * @param sql with a {@code ?} for each value
 */
public record NameCondition(String sql, List<String> values) {

  /**
   * How a database's dictionary writes names.
   *
   * @param schema the column of the schema
   * @param object the column of the package, or of what is in none
   * @param parameter a name as a value: {@code ?} within whatever it has to be cast to
   * @param fold what the database makes of a name without quotes
   */
  public record Names(String schema, String object, String parameter, UnaryOperator<String> fold) {}

  public NameCondition {
    values = List.copyOf(values);
  }

  /** The condition of the areas of all patterns together. */
  public static NameCondition of(List<ProcedurePattern> among, Names names, String defaultSchema) {
    Set<NameArea> areas = new LinkedHashSet<>();
    among.forEach(pattern -> areas.addAll(pattern.areas()));
    StringJoiner sql = new StringJoiner(" OR ", "(", ")").setEmptyValue("1 = 0");
    List<String> values = new ArrayList<>();
    for (NameArea area : areas) {
      StringJoiner both = new StringJoiner(" AND ", "(", ")").setEmptyValue("1 = 1");
      Beginning schema = area.schema();
      if (schema == null) {
        both.add(names.schema + " = " + names.parameter);
        values.add(defaultSchema);
      } else {
        add(both, values, names.schema, schema, names);
      }
      add(both, values, names.object, area.object(), names);
      sql.add(both.toString());
    }
    return new NameCondition(sql.toString(), values);
  }

  private static void add(
      StringJoiner sql, List<String> values, String column, Beginning beginning, Names names) {
    if (beginning.whole()) {
      sql.add("%s IN (%s, %s)".formatted(column, names.parameter, names.parameter));
      values.add(names.fold.apply(beginning.text()));
      values.add(beginning.text());
    } else if (!beginning.text().isEmpty()) {
      sql.add("UPPER(" + column + ") LIKE ? ESCAPE '!'");
      values.add(
          beginning
                  .text()
                  .toUpperCase(Locale.ROOT)
                  .replace("!", "!!")
                  .replace("%", "!%")
                  .replace("_", "!_")
              + "%");
    }
  }
}
