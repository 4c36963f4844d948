package org.diferido.database.registry;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.job.Job;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * The update that puts a job in the place of what it was made from. It changes no row when the
 * registry does not have that any more.
 *
 * @param change what comes after the table's name: the same for all jobs that wait, and for all
 *     that somebody holds
 * @param values of its named parameters
 */
record JobReplacement(String change, Map<String, Argument> values) {

  private static final Map<List<String>, String> SETTING = new ConcurrentHashMap<>();

  static JobReplacement of(Job expected, Job next) {
    return of(expected, next, null);
  }

  /**
   * @param sealed the call with its secret values, of a job that waits again
   */
  static JobReplacement of(Job expected, Job next, byte @Nullable [] sealed) {
    JobCondition still =
        expected.status().isHeld() && next.status().isEnd()
            ? JobCondition.stillHeld(expected)
            : JobCondition.still(expected);
    return of(expected, next, sealed, still);
  }

  /**
   * The update of several jobs that wait for their first run and are claimed at once: beside their
   * ids, which are {@code <ids>}, they do not differ in anything.
   */
  static JobReplacement ofFirstClaims(Job expected, Job next) {
    return of(expected, next, null, JobCondition.WAITING);
  }

  private static JobReplacement of(
      Job expected, Job next, byte @Nullable [] sealed, JobCondition still) {
    Map<String, Argument> columns = JobColumns.changing(next);
    if (expected.status() == next.status() && Objects.equals(expected.stop(), next.stop())) {
      // News of its progress: somebody else may have asked it to stop since.
      columns.keySet().removeAll(JobColumns.STOPPED);
    }
    // Once somebody has the job, its secret values are not needed here any more.
    columns.put("SEALED_PARAMS", LongValues.bytes(sealed));
    Map<String, Argument> values = new LinkedHashMap<>(columns);
    values.putAll(still.values());
    return new JobReplacement(setting(columns.keySet()) + " WHERE " + still.sql(), values);
  }

  /** Written once for each set of columns: there are few. */
  private static String setting(Set<String> columns) {
    return SETTING.computeIfAbsent(
        List.copyOf(columns),
        names ->
            names.stream().map(name -> name + " = :" + name).collect(joining(", ", "SET ", "")));
  }

  String sql() {
    return "UPDATE ASYNC_JOBS " + change;
  }

  /**
   * The same from a session that need not be in the registry's schema.
   *
   * @param also asked for; nothing when empty
   */
  String sqlIn(String schema, String also) {
    String sql = "UPDATE " + schema + ".ASYNC_JOBS " + change;
    return also.isEmpty() ? sql : sql + " AND " + also;
  }
}
