package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.diferido.job.HeldJobs;
import org.diferido.job.KnownNode;
import org.diferido.job.NodeFigures;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The nodes of DIFERIDO_NODES and what they hold, for who looks after them. */
final class NodeList {

  private static final String NODES =
      """
      SELECT NODE_ID, STARTED_AT, LAST_BEAT, WORKERS, DRAINING, CONNECTIONS, VERSION, REFUSED, REFUSED_FULL,
        CASE WHEN LAST_BEAT >= %s THEN 1 ELSE 0 END AS ALIVE
      FROM DIFERIDO_NODES ORDER BY NODE_ID
      """;

  private static final String HELD =
      "SELECT NODE, OWNER, LIMIT_GROUP, COUNT(*) AS JOBS FROM ASYNC_JOBS WHERE "
          + JobCondition.HELD
          + " GROUP BY NODE, OWNER, LIMIT_GROUP";

  private final RegistryDatabase database;

  NodeList(RegistryDatabase database) {
    this.database = database;
  }

  List<KnownNode> nodes(Duration silence) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(NODES.formatted(dialect.silenceAgo()))) {
            return query
                .bind("silence", silence.toMillis())
                .map((row, context) -> node(row))
                .list();
          }
        });
  }

  private static KnownNode node(ResultSet row) throws SQLException {
    return new KnownNode(
        row.getString("NODE_ID"),
        time(row, "STARTED_AT"),
        time(row, "LAST_BEAT"),
        row.getInt("ALIVE") > 0,
        figures(row));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  /** A node of an earlier version, or one that has just begun, has told none. */
  private static @Nullable NodeFigures figures(ResultSet row) throws SQLException {
    String version = row.getString("VERSION");
    return version == null
        ? null
        : new NodeFigures(
            row.getInt("WORKERS"),
            "Y".equals(row.getString("DRAINING")),
            row.getLong("CONNECTIONS"),
            version,
            new NodeFigures.Refused(row.getLong("REFUSED"), row.getLong("REFUSED_FULL")));
  }

  List<HeldJobs> held() {
    return database.withAutoCommit(
        (handle, dialect) ->
            handle
                .select(HELD)
                .map(
                    (row, context) ->
                        new HeldJobs(
                            row.getString("NODE"),
                            row.getString("OWNER"),
                            row.getString("LIMIT_GROUP"),
                            row.getLong("JOBS")))
                .list());
  }
}
