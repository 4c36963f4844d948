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
import org.diferido.job.JobFilter;
import org.diferido.job.JobStatus;
import org.diferido.job.JobSummary;
import org.diferido.job.WaitTimes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Counts of jobs: by two statements, of which one finds how far back the other counts, as far as a
 * search looks for a page of a list. Of more jobs than that a third one counts all that wait or
 * run, which have indexes of their own.
 */
final class JobSummaries {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  /** Of a row that was not accepted in the last day. */
  private static final int NO_BIN = -1;

  /**
   * Within a day an hour and its half are a half hour. What GROUP BY names has no parameter in it:
   * to PostgreSQL two of these are never the same.
   */
  private static final String COUNTED =
      """
      SELECT STATE, AT_BIN, WAITED, COUNT(*) AS JOBS FROM (
        SELECT STATE, %s AS WAITED,
          CASE WHEN CREATED_AT >= :day_from AND CREATED_AT < :day_before
            THEN 2 * EXTRACT(HOUR FROM CREATED_AT) + CASE WHEN EXTRACT(MINUTE FROM CREATED_AT) < 30 THEN 0 ELSE 1 END
            ELSE %d END AS AT_BIN
        FROM ASYNC_JOBS WHERE %s) COUNTED
      GROUP BY STATE, AT_BIN, WAITED
      """;

  private static final String LIVE =
      """
      SELECT STATE, COUNT(*) AS JOBS FROM ASYNC_JOBS WHERE STATE = 'queued' AND %1$s GROUP BY STATE
      UNION ALL SELECT STATE, COUNT(*) AS JOBS FROM ASYNC_JOBS WHERE %2$s AND %1$s GROUP BY STATE
      """;

  private final RegistryDatabase database;
  private final ListBounds bounds;

  JobSummaries(RegistryDatabase database, ListBounds bounds) {
    this.database = database;
    this.bounds = bounds;
  }

  /** As many rows of a state, a half hour of the day and a bucket of waits. */
  private record Line(JobStatus state, int bin, int waited, long jobs) {

    static Line read(ResultSet row) throws SQLException {
      return new Line(
          JobRow.status(row), row.getInt("AT_BIN"), row.getInt("WAITED"), row.getLong("JOBS"));
    }
  }

  JobSummary of(JobFilter filter, Instant now) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          JobCondition stretch = QueueStretch.of(handle, filter.created()).condition();
          JobCondition all = JobCondition.of(filter).and(stretch);
          Long end = SearchedRows.end(handle, filter, stretch, bounds.searched());
          List<Line> lines = lines(handle, SearchedRows.endingAt(all, end), now);
          return end == null
              ? summary(lines, null, null, now)
              : summary(lines, live(handle, all), QueueStretch.createdAt(handle, end), now);
        });
  }

  private static List<Line> lines(Handle handle, JobCondition condition, Instant now) {
    Instant first = JobSummary.firstBin(now);
    Map<String, Argument> values = new HashMap<>(condition.values());
    values.put("day_from", JobColumns.time(first));
    values.put("day_before", JobColumns.time(first.plus(DAY)));
    String sql = COUNTED.formatted(WaitColumn.SQL, NO_BIN, condition.sql());
    try (Query query = handle.createQuery(sql)) {
      return query.bindMap(values).map((row, context) -> Line.read(row)).list();
    }
  }

  private static Map<JobStatus, Long> live(Handle handle, JobCondition condition) {
    Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
    String sql = LIVE.formatted(condition.sql(), JobCondition.HELD);
    try (Query query = handle.createQuery(sql)) {
      query
          .bindMap(condition.values())
          .map((row, context) -> counts.put(JobRow.status(row), row.getLong("JOBS")))
          .list();
    }
    return counts;
  }

  /**
   * @param live how many wait and run, where not all jobs were looked at; else null
   * @param from when the first of those was accepted that were not; else null
   */
  private static JobSummary summary(
      List<Line> lines, @Nullable Map<JobStatus, Long> live, @Nullable Instant from, Instant now) {
    Map<JobStatus, Long> states = new EnumMap<>(JobStatus.class);
    Map<Instant, Map<JobStatus, Long>> bins = new HashMap<>();
    Map<Integer, Long> waits = new HashMap<>();
    Instant first = JobSummary.firstBin(now);
    for (Line line : lines) {
      states.merge(line.state, line.jobs, Long::sum);
      if (line.bin != NO_BIN) {
        bins.computeIfAbsent(from(first, line.bin), each -> new EnumMap<>(JobStatus.class))
            .merge(line.state, line.jobs, Long::sum);
        if (line.waited != WaitColumn.NONE) {
          waits.merge(line.waited, line.jobs, Long::sum);
        }
      }
    }
    if (live != null) {
      // Counted later than the rest: what has left such a state meanwhile is in it no more.
      states.keySet().retainAll(JobStatus.ENDS);
      states.putAll(live);
    }
    return new JobSummary(states, from, JobSummary.bins(now, bins), new WaitTimes(waits));
  }

  /** The half hour of that number of its day which is not before the first. */
  private static Instant from(Instant first, int bin) {
    Instant day = first.truncatedTo(ChronoUnit.DAYS);
    Instant from = day.plus(HALF_HOUR.multipliedBy(bin));
    return from.isBefore(first) ? from.plus(DAY) : from;
  }
}
