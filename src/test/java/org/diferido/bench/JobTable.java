package org.diferido.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.faults.cluster.DatabaseServer;

/** The registry's table, asked behind the service's back. */
final class JobTable {

  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Rows that are put in at once, so that no transaction is very large. */
  private static final int CHUNK = 100_000;

  private final DatabaseServer database;
  private final int standing;

  JobTable(DatabaseServer database) {
    this(database, 0);
  }

  /**
   * @param standing jobs that run all the time, whose end nobody waits for
   */
  JobTable(DatabaseServer database, int standing) {
    this.database = database;
    this.standing = standing;
  }

  /** The newest job's number; all that come later have a greater one. */
  long newest() {
    return number("SELECT COALESCE(MAX(QUEUE_NO), 0) FROM diferido.ASYNC_JOBS");
  }

  long live() {
    return number("SELECT COUNT(*) FROM diferido.ASYNC_JOBS WHERE END_TIME IS NULL");
  }

  long running() {
    return number("SELECT COUNT(*) FROM diferido.ASYNC_JOBS WHERE STATE = 'running'");
  }

  long succeededSince(long newest) {
    return number(
        "SELECT COUNT(*) FROM diferido.ASYNC_JOBS WHERE STATE = 'succeeded' AND QUEUE_NO > "
            + newest);
  }

  /** Waits until all have ended that are to end. */
  void awaitNoneLive() {
    await("the end of all jobs")
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> live() == standing);
  }

  void awaitRunning(int jobs) {
    await("the start of " + jobs + " jobs")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> running() == jobs);
  }

  /** Ids of the newest ended jobs. */
  List<String> ended(int most) {
    return Postgres17.column(
        database.source(),
        "SELECT JOB_ID FROM diferido.ASYNC_JOBS WHERE STATE = 'succeeded' AND NODE LIKE 'bench0%'"
            + " ORDER BY QUEUE_NO DESC LIMIT "
            + most);
  }

  /** The time of the database, as the columns have it. */
  String now() {
    return Postgres17.column(
            database.source(), "SELECT (clock_timestamp() AT TIME ZONE 'UTC')::timestamp::text")
        .get(0);
  }

  /** Seconds from a time to the end of the last job. */
  double secondsToLastEnd(String from, long newest) {
    return decimal(
        "SELECT EXTRACT(EPOCH FROM MAX(END_TIME) - TIMESTAMP '%s') FROM diferido.ASYNC_JOBS WHERE QUEUE_NO > %d"
            .formatted(from, newest));
  }

  /**
   * Milliseconds from when jobs were accepted.
   *
   * @param to {@code STARTED_AT} or {@code END_TIME}
   * @param newest jobs later than this
   * @param counted the last of those only; before them the phase warms up
   */
  double acceptedTo(String to, double part, long newest, int counted) {
    return decimal(
        """
        SELECT percentile_disc(%s) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM %s - CREATED_AT) * 1000)
        FROM (SELECT * FROM diferido.ASYNC_JOBS WHERE QUEUE_NO > %d ORDER BY QUEUE_NO DESC LIMIT %d) AS COUNTED
        """
            .formatted(part, to, newest, counted));
  }

  /** Puts ended jobs in, until the table has so many rows. */
  void grow(int rows) {
    long has = number("SELECT COUNT(*) FROM diferido.ASYNC_JOBS");
    for (long at = has; at < rows; at += CHUNK) {
      Postgres17.execute(
          database.source(),
          """
          INSERT INTO diferido.ASYNC_JOBS (JOB_ID, OWNER, PROCEDURE_NAME, PARAMS, CREATED_AT,
            START_TIME, RESOLVED_NAME, STATE, STATUS, NODE, ATTEMPT, STARTED_AT, END_TIME, DURATION,
            PROGRESS, RESULT, FETCH_MS)
          SELECT md5(random()::text || n), 'persona.' || n %% 500, 'bench.noop',
            '{"name":"bench.noop","isFunction":false,"params":[{"name":"p_id","value":"' || n || '"}]}',
            t, t, 'bench.noop', 'succeeded', 'completed', 'earlier', 1, t, t, '5ms', 100, '{}', 0
          FROM (SELECT n, (clock_timestamp() AT TIME ZONE 'UTC') - n * INTERVAL '10 ms' AS t
            FROM generate_series(1, %d) AS n) AS made
          """
              .formatted(Math.min(CHUNK, rows - at)));
    }
    vacuum();
  }

  /** So that what was put in is not tidied up while something is measured. */
  void vacuum() {
    Postgres17.execute(database.source(), "VACUUM ANALYZE diferido.ASYNC_JOBS", "CHECKPOINT");
  }

  private long number(String query) {
    return Long.parseLong(Postgres17.column(database.source(), query).get(0));
  }

  private double decimal(String query) {
    String value = Postgres17.column(database.source(), query).get(0);
    return value == null ? Double.NaN : Double.parseDouble(value);
  }
}
