package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.ProcedureRuns;
import org.diferido.job.ProcedureStatistics;
import org.diferido.job.RunTimes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The statistics in the table DIFERIDO_PROCEDURES, a row for each procedure. */
public final class JdbcProcedureStatistics implements ProcedureStatistics {

  private static final String ALL =
      "SELECT RESOLVED_NAME, RUN_TIMES, SUCCEEDED, FAILED FROM DIFERIDO_PROCEDURES";

  private final RegistryDatabase database;

  public JdbcProcedureStatistics(RegistryDatabase database) {
    this.database = database;
  }

  @Override
  public Map<String, ProcedureRuns> all() {
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(ALL)) {
            return runs(query);
          }
        });
  }

  @Override
  public Map<String, ProcedureRuns> of(Collection<String> procedures) {
    if (procedures.isEmpty()) {
      return Map.of();
    }
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(ALL + " WHERE RESOLVED_NAME IN (<names>)")) {
            return runs(query.bindList("names", List.copyOf(procedures)));
          }
        });
  }

  private static Map<String, ProcedureRuns> runs(Query query) {
    Map<String, ProcedureRuns> runs = new HashMap<>();
    query
        .map((row, context) -> Map.entry(row.getString("RESOLVED_NAME"), read(row)))
        .forEach(each -> runs.put(each.getKey(), each.getValue()));
    return runs;
  }

  private static ProcedureRuns read(ResultSet row) throws SQLException {
    return new ProcedureRuns(
        RunTimes.parse(row.getString("RUN_TIMES")),
        row.getLong("SUCCEEDED"),
        row.getLong("FAILED"));
  }

  /** Nodes add at the same time: what was read is compared when it is replaced. */
  @Override
  public void add(String procedure, ProcedureRuns runs) {
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

  private static boolean addOnce(Handle handle, String procedure, ProcedureRuns runs) {
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

  private static boolean replace(
      Handle handle, String procedure, String known, ProcedureRuns runs) {
    return update(
            handle,
            "UPDATE DIFERIDO_PROCEDURES SET RUN_TIMES = :times, SUCCEEDED = SUCCEEDED + :succeeded,"
                + " FAILED = FAILED + :failed WHERE RESOLVED_NAME = :name AND RUN_TIMES = :known",
            Map.of(
                "name", JobColumns.text(procedure),
                "known", JobColumns.text(known),
                "times", times(RunTimes.parse(known).plus(runs.times())),
                "succeeded", JobColumns.number(runs.succeeded()),
                "failed", JobColumns.number(runs.failed())))
        > 0;
  }

  private static boolean insert(Handle handle, String procedure, ProcedureRuns runs) {
    return update(
            handle,
            "INSERT INTO DIFERIDO_PROCEDURES (RESOLVED_NAME, RUN_TIMES, SUCCEEDED, FAILED)"
                + " VALUES (:name, :times, :succeeded, :failed)",
            Map.of(
                "name", JobColumns.text(procedure),
                "times", times(runs.times()),
                "succeeded", JobColumns.number(runs.succeeded()),
                "failed", JobColumns.number(runs.failed())))
        > 0;
  }

  /** To Oracle an empty text is none. */
  private static Argument times(RunTimes times) {
    String text = times.toString();
    return JobColumns.text(text.isEmpty() ? " " : text);
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
