package org.diferido.database.registry;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.job.JobId;
import org.diferido.job.NodeFigures;
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

  private static final String REMOVALS = "SELECT SUM(REMOVALS) FROM DIFERIDO_REMOVALS";
  private static final String NEWS =
      "SELECT ("
          + REMOVALS
          + ") AS REMOVALS, JOB_ID, ATTEMPT, STOP_REASON, STOP_BY, STOP_AT, STOP_STEP, REMOVE_AT_END"
          + " FROM ASYNC_JOBS WHERE NODE = :node AND "
          + JobCondition.HELD;

  private static final String BEATEN =
      "UPDATE DIFERIDO_NODES SET LAST_BEAT = %s%s WHERE NODE_ID = :node";
  private static final String FIRST_BEAT =
      "INSERT INTO DIFERIDO_NODES (NODE_ID, STARTED_AT, LAST_BEAT%2$s) VALUES (:node, %1$s, %1$s%3$s)";

  private final RegistryDatabase database;

  NodeRows(RegistryDatabase database) {
    this.database = database;
  }

  void beat(String node, @Nullable NodeFigures figures) {
    Map<String, Argument> values = new LinkedHashMap<>(figures == null ? Map.of() : told(figures));
    String set =
        values.keySet().stream().map(each -> ", " + each + " = :" + each).collect(joining());
    String names = values.keySet().stream().map(each -> ", " + each).collect(joining());
    String places = values.keySet().stream().map(each -> ", :" + each).collect(joining());
    values.put("node", JobColumns.text(node));
    database.withAutoCommit(
        (handle, dialect) -> {
          int beaten = update(handle, BEATEN.formatted(dialect.now(), set), values);
          return beaten > 0
              ? beaten
              : update(handle, FIRST_BEAT.formatted(dialect.now(), names, places), values);
        });
  }

  private static Map<String, Argument> told(NodeFigures figures) {
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("WORKERS", JobColumns.number((long) figures.workers()));
    columns.put("DRAINING", JobColumns.text(figures.draining() ? "Y" : "N"));
    columns.put("CONNECTIONS", JobColumns.number(figures.connections()));
    columns.put("VERSION", JobColumns.text(figures.version()));
    columns.put("REFUSED", JobColumns.number(figures.refused().requests()));
    columns.put("REFUSED_FULL", JobColumns.number(figures.refused().queueFull()));
    return columns;
  }

  void leave(String node) {
    database.withAutoCommit(
        (handle, dialect) ->
            update(
                handle,
                "DELETE FROM DIFERIDO_NODES WHERE NODE_ID = :node",
                Map.of("node", JobColumns.text(node))));
  }

  /** In one statement if the node holds any job; else in one more, for the removals. */
  NodeNews news(String node) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          List<Line> lines;
          try (Query query = handle.createQuery(NEWS)) {
            lines = query.bind("node", node).map((row, context) -> line(row)).list();
          }
          long removals =
              lines.isEmpty()
                  ? handle.select(REMOVALS).map((row, context) -> row.getLong(1)).one()
                  : lines.get(0).removals;
          return new NodeNews(lines.stream().map(Line::hold).toList(), removals);
        });
  }

  private record Line(long removals, NodeNews.Hold hold) {}

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("REMOVALS"),
        new NodeNews.Hold(
            new JobId(row.getString("JOB_ID")), row.getInt("ATTEMPT"), JobRow.stop(row)));
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
