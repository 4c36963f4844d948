package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diferido.job.EndedMinute;
import org.diferido.job.JobStatus;
import org.diferido.job.WaitTimes;
import org.jdbi.v3.core.statement.Query;

/** How many jobs ended in each minute: one statement, on the index of the ends. */
final class EndedCounts {

  private static final Duration DAY = Duration.ofDays(1);

  private static final String COUNTED =
      """
      SELECT STATE, AT_HOUR, AT_MINUTE, WAITED, COUNT(*) AS JOBS FROM (
        SELECT STATE, EXTRACT(HOUR FROM END_TIME) AS AT_HOUR, EXTRACT(MINUTE FROM END_TIME) AS AT_MINUTE, %s AS WAITED
        FROM ASYNC_JOBS WHERE END_TIME >= :since) COUNTED
      GROUP BY STATE, AT_HOUR, AT_MINUTE, WAITED
      """
          .formatted(WaitColumn.SQL);

  private final RegistryDatabase database;

  EndedCounts(RegistryDatabase database) {
    this.database = database;
  }

  /** As many rows of a state, a minute and a bucket of waits. */
  private record Line(JobStatus state, Instant at, int waited, long jobs) {

    static Line read(ResultSet row, Instant since) throws SQLException {
      Instant at =
          since
              .truncatedTo(ChronoUnit.DAYS)
              .plus(row.getInt("AT_HOUR"), ChronoUnit.HOURS)
              .plus(row.getInt("AT_MINUTE"), ChronoUnit.MINUTES);
      return new Line(
          JobRow.status(row),
          at.isBefore(since) ? at.plus(DAY) : at,
          row.getInt("WAITED"),
          row.getLong("JOBS"));
    }
  }

  List<EndedMinute> since(Instant since) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(COUNTED)) {
            return minutes(
                query
                    .bind("since", JobColumns.time(since))
                    .map((row, context) -> Line.read(row, since))
                    .list());
          }
        });
  }

  private static List<EndedMinute> minutes(List<Line> lines) {
    Map<Instant, Map<JobStatus, Long>> states = new TreeMap<>();
    Map<Instant, Map<Integer, Long>> waits = new HashMap<>();
    for (Line line : lines) {
      states
          .computeIfAbsent(line.at, each -> new EnumMap<>(JobStatus.class))
          .merge(line.state, line.jobs, Long::sum);
      if (line.waited != WaitColumn.NONE) {
        waits
            .computeIfAbsent(line.at, each -> new HashMap<>())
            .merge(line.waited, line.jobs, Long::sum);
      }
    }
    return states.entrySet().stream()
        .map(
            each ->
                new EndedMinute(
                    each.getKey(),
                    each.getValue(),
                    new WaitTimes(waits.getOrDefault(each.getKey(), Map.of()))))
        .toList();
  }
}
