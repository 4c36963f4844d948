package org.diferido.database.registry;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.diferido.job.JobFilter;
import org.diferido.job.JobFilter.Label;
import org.jdbi.v3.core.argument.Argument;

/**
 * What a filter says for which rows have to be looked through. It never leaves a job out; that it
 * lets one in that the filter does not mean is possible where a text of JSON looks like another.
 *
 * <p>Case is for the database to fold, by its own locale.
 */
final class SearchCondition {

  /** Not a backslash, which means something to Jdbi, to PostgreSQL and to JSON. */
  private static final String ESCAPED = " LIKE :%s ESCAPE '!'";

  private final StringJoiner sql = new StringJoiner(" AND ").setEmptyValue(JobCondition.ALL.sql());
  private final Map<String, Argument> values = new LinkedHashMap<>();

  private SearchCondition() {}

  static JobCondition of(JobFilter filter) {
    SearchCondition condition = new SearchCondition();
    if (filter.procedure() != null) {
      condition.addProcedure(filter.procedure().toString());
    }
    filter.labels().forEach(condition::addLabel);
    if (filter.text() != null) {
      condition.addText(filter.text());
    }
    return new JobCondition(condition.sql.toString(), condition.values);
  }

  private void addProcedure(String pattern) {
    add("procedure", literal(folded(pattern)).replace("*", "%"));
    addAny("procedure", "LOWER(RESOLVED_NAME)", "LOWER(PROCEDURE_NAME)");
  }

  /**
   * A label is the first of the object or comes behind a comma: a quote there is none of a value's
   * own, which would have a backslash before it. Only a name or value of a comma or a colon alone
   * could be taken for what stands between two others.
   */
  private void addLabel(Label label) {
    String first = "label" + values.size();
    String later = first + "_later";
    String member = member(label);
    add(first, literal("{" + member) + "%");
    add(later, "%" + literal("," + member) + "%");
    sql.add("(LABELS" + ESCAPED.formatted(first) + " OR LABELS" + ESCAPED.formatted(later) + ")");
  }

  /** As it stands in the column: {@code "name":"value"}, or as much of that as is known. */
  private static String member(Label label) {
    String value = label.value() == null ? "" : label.value();
    String object = String.valueOf(StateJson.labels(Map.of(label.name(), value)));
    return object.substring(1, object.length() - (label.value() == null ? 2 : 1));
  }

  private void addText(String text) {
    String sought = folded(text);
    add("id_begins", literal(sought) + "%");
    add("has", "%" + literal(sought) + "%");
    add("has_in_json", "%" + literal(inJson(sought)) + "%");
    List<String> columns = List.of("PROCEDURE_NAME", "RESOLVED_NAME", "OWNER", "ERROR_MSG");
    sql.add(
        Stream.concat(
                Stream.of(
                    "JOB_ID" + ESCAPED.formatted("id_begins"),
                    "LOWER(LABELS)" + ESCAPED.formatted("has_in_json")),
                columns.stream().map(column -> "LOWER(" + column + ")" + ESCAPED.formatted("has")))
            .collect(joining(" OR ", "(", ")")));
  }

  private static String inJson(String text) {
    String object = String.valueOf(StateJson.labels(Map.of(text, "")));
    return object.substring("{\"".length(), object.length() - "\":\"\"}".length());
  }

  private void addAny(String parameter, String... columns) {
    sql.add(
        Stream.of(columns)
            .map(column -> column + ESCAPED.formatted(parameter))
            .collect(joining(" OR ", "(", ")")));
  }

  private void add(String parameter, String pattern) {
    values.put(parameter, JobColumns.text(pattern));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** A text as a pattern that it alone matches. */
  private static String literal(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
