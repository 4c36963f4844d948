package org.diferido.database.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.ProcedureStatistics;
import org.diferido.job.RunTimes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The statistics in the table DIFERIDO_PROCEDURES, a row for each procedure. */
public final class JdbcProcedureStatistics implements ProcedureStatistics {

  private final RegistryDatabase database;

  public JdbcProcedureStatistics(RegistryDatabase database) {
    this.database = database;
  }

  @Override
  public Map<String, RunTimes> all() {
    return database.withAutoCommit(
        (handle, dialect) -> {
          Map<String, RunTimes> all = new HashMap<>();
          try (Query query =
              handle.createQuery("SELECT RESOLVED_NAME, RUN_TIMES FROM DIFERIDO_PROCEDURES")) {
            query
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getString("RESOLVED_NAME"),
                            RunTimes.parse(row.getString("RUN_TIMES"))))
                .forEach(each -> all.put(each.getKey(), each.getValue()));
          }
          return all;
        });
  }

  /** Nodes add at the same time: what was read is compared when it is replaced. */
  @Override
  public void add(String procedure, RunTimes runs) {
    boolean first = true;
    boolean done = false;
    while (!done) {
      try {
        done = database.withAutoCommit((handle, dialect) -> addOnce(handle, procedure, runs));
      } catch (FailureException e) {
        // Another node may have made the row at the same moment: then it is there now.
        if (!first || e.failure().code() != FailureCode.INTERNAL_ERROR) {
          throw e;
        }
        first = false;
      }
    }
  }

  private static boolean addOnce(Handle handle, String procedure, RunTimes runs) {
    Optional<String> known = known(handle, procedure);
    return known.isPresent()
        ? replace(handle, procedure, known.get(), runs)
        : insert(handle, procedure, runs);
  }

  private static Optional<String> known(Handle handle, String procedure) {
    try (Query query =
        handle.createQuery(
            "SELECT RUN_TIMES FROM DIFERIDO_PROCEDURES WHERE RESOLVED_NAME = :name")) {
      return query
          .bind("name", JobColumns.text(procedure))
          .map((row, context) -> row.getString("RUN_TIMES"))
          .findOne();
    }
  }

  private static boolean replace(Handle handle, String procedure, String known, RunTimes runs) {
    return update(
            handle,
            "UPDATE DIFERIDO_PROCEDURES SET RUN_TIMES = :times"
                + " WHERE RESOLVED_NAME = :name AND RUN_TIMES = :known",
            Map.of(
                "name", JobColumns.text(procedure),
                "known", JobColumns.text(known),
                "times", JobColumns.text(RunTimes.parse(known).plus(runs).toString())))
        > 0;
  }

  private static boolean insert(Handle handle, String procedure, RunTimes runs) {
    return update(
            handle,
            "INSERT INTO DIFERIDO_PROCEDURES (RESOLVED_NAME, RUN_TIMES) VALUES (:name, :times)",
            Map.of("name", JobColumns.text(procedure), "times", JobColumns.text(runs.toString())))
        > 0;
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
