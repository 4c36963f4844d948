package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diferido.job.JobId;
import org.diferido.job.NodeNews;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The nodes: which are alive, in DIFERIDO_NODES, and what is new for one of them. */
final class NodeRows {

  private static final String ORPHANS =
      JobCondition.HELD
          + " AND NOT EXISTS (SELECT 1 FROM DIFERIDO_NODES WHERE NODE_ID = ASYNC_JOBS.NODE%s)";

  private static final String NEWS =
      """
      SELECT R.REMOVALS, J.JOB_ID, J.ATTEMPT, J.STOP_REASON, J.STOP_BY, J.STOP_AT, J.STOP_STEP, J.REMOVE_AT_END
      FROM (SELECT COALESCE(SUM(REMOVALS), 0) AS REMOVALS FROM DIFERIDO_REMOVALS) R
      LEFT JOIN ASYNC_JOBS J ON J.NODE = :node AND J.STATE IN ('running', 'cancelling')
      """;

  private final RegistryDatabase database;

  NodeRows(RegistryDatabase database) {
    this.database = database;
  }

  void beat(String node) {
    database.withAutoCommit(
        (handle, dialect) -> {
          Map<String, Argument> values = Map.of("node", JobColumns.text(node));
          int beaten =
              update(
                  handle,
                  "UPDATE DIFERIDO_NODES SET LAST_BEAT = %s WHERE NODE_ID = :node"
                      .formatted(dialect.now()),
                  values);
          return beaten > 0
              ? beaten
              : update(
                  handle,
                  "INSERT INTO DIFERIDO_NODES (NODE_ID, STARTED_AT, LAST_BEAT) VALUES (:node, %1$s, %1$s)"
                      .formatted(dialect.now()),
                  values);
        });
  }

  void leave(String node) {
    database.withAutoCommit(
        (handle, dialect) ->
            update(
                handle,
                "DELETE FROM DIFERIDO_NODES WHERE NODE_ID = :node",
                Map.of("node", JobColumns.text(node))));
  }

  NodeNews news(String node) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          List<NodeNews.Hold> holds = new ArrayList<>();
          long removals = 0;
          try (Query query = handle.createQuery(NEWS)) {
            for (Line line : query.bind("node", node).map((row, context) -> line(row)).list()) {
              removals = line.removals;
              if (line.hold != null) {
                holds.add(line.hold);
              }
            }
          }
          return new NodeNews(holds, removals);
        });
  }

  private record Line(long removals, NodeNews.@Nullable Hold hold) {}

  private static Line line(ResultSet row) throws SQLException {
    String id = row.getString("JOB_ID");
    return new Line(
        row.getLong("REMOVALS"),
        id == null
            ? null
            : new NodeNews.Hold(new JobId(id), row.getInt("ATTEMPT"), JobRow.stop(row)));
  }

  /** The condition of the rows that a node holds which is not alive. */
  static JobCondition orphans(RegistryDialect dialect, @Nullable Duration silence) {
    String alive = silence == null ? "" : " AND LAST_BEAT >= " + dialect.silenceAgo();
    return new JobCondition(ORPHANS.formatted(alive), silence(silence));
  }

  int forget(Duration silence) {
    return database.withAutoCommit(
        (handle, dialect) ->
            update(
                handle,
                """
                DELETE FROM DIFERIDO_NODES WHERE LAST_BEAT < %s AND NOT EXISTS (
                  SELECT 1 FROM ASYNC_JOBS WHERE NODE = DIFERIDO_NODES.NODE_ID AND %s)
                """
                    .formatted(dialect.silenceAgo(), JobCondition.HELD),
                silence(silence)));
  }

  private static Map<String, Argument> silence(@Nullable Duration silence) {
    return silence == null ? Map.of() : Map.of("silence", JobColumns.number(silence.toMillis()));
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
