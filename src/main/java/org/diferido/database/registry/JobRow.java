package org.diferido.database.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.Stop;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.jspecify.annotations.Nullable;

/**
 * A row of ASYNC_JOBS.
 *
 * @param job with its secret values masked
 * @param queueNo its place in the order of all jobs
 * @param sealed its call with the secret values, sealed; null when it has none or was not selected
 */
@SuppressWarnings("ArrayRecordComponent") // rows are read, and never compared
record JobRow(Job job, long queueNo, byte @Nullable [] sealed) {

  private static final Logger LOG = System.getLogger(JobRow.class.getName());

  private static final String BUT_LONG =
      "JOB_ID, QUEUE_NO, OWNER, PROCEDURE_NAME, LABELS, START_BEFORE, CREATED_AT, STATE, NODE, ATTEMPT,"
          + " STARTED_AT, END_TIME, FETCH_MS, PROGRESS, PROGRESS_DETAIL, FAILURE, JOB_LOG, RESOLVED_NAME,"
          + " TIMEOUT_MS, ASKED_TIMEOUT_MS, PRIORITY, LIMIT_GROUP, MOST_ATTEMPTS, SUBMIT_KEY, SUBMIT_REQUEST, RETRY_OF,"
          + " NOT_BEFORE, HISTORY, STOP_REASON, STOP_BY, STOP_AT, STOP_STEP, REMOVE_AT_END, ";

  /** All columns that are read, but for the sealed call. */
  static final String WHOLE = BUT_LONG + "PARAMS, RESULT";

  /** The same for many rows at once: without long arguments and results. */
  static final String LISTED = BUT_LONG + ifShort("PARAMS") + ", " + ifShort("RESULT");

  /** For queued jobs, which have no result yet. */
  static final String QUEUED = WHOLE + ", SEALED_PARAMS";

  private static String ifShort(String column) {
    return "CASE WHEN LENGTH(%1$s) <= %2$d THEN %1$s END AS %1$s"
        .formatted(column, JdbcJobRegistry.LONGEST_LISTED);
  }

  static JobRow read(ResultSet row) throws SQLException {
    return new JobRow(job(row), row.getLong("QUEUE_NO"), null);
  }

  static JobRow readQueued(ResultSet row) throws SQLException {
    return new JobRow(job(row), row.getLong("QUEUE_NO"), row.getBytes("SEALED_PARAMS"));
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        new JobId(row.getString("JOB_ID")),
        row.getString("OWNER"),
        call(row),
        terms(row),
        present(row, "CREATED_AT"),
        state(row),
        StateJson.history(row.getString("HISTORY")),
        stop(row),
        StateJson.log(row.getString("JOB_LOG")));
  }

  private static JobTerms terms(ResultSet row) throws SQLException {
    String key = row.getString("SUBMIT_KEY");
    String retryOf = row.getString("RETRY_OF");
    return new JobTerms(
        row.getString("RESOLVED_NAME"),
        StateJson.labels(row.getString("LABELS")),
        time(row, "START_BEFORE"),
        millis(row, "TIMEOUT_MS"),
        millis(row, "ASKED_TIMEOUT_MS"),
        row.getInt("PRIORITY"),
        row.getString("LIMIT_GROUP"),
        row.getInt("MOST_ATTEMPTS"),
        key == null ? null : new SubmitKey(key, row.getString("SUBMIT_REQUEST")),
        retryOf == null ? null : new JobId(retryOf));
  }

  private static @Nullable Duration millis(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  /** That its job was asked to stop, or null. */
  static @Nullable Stop stop(ResultSet row) throws SQLException {
    String reason = row.getString("STOP_REASON");
    String step = row.getString("STOP_STEP");
    return reason == null
        ? null
        : new Stop(
            Stop.Reason.valueOf(reason.toUpperCase(Locale.ROOT)),
            row.getString("STOP_BY"),
            present(row, "STOP_AT"),
            row.getString("REMOVE_AT_END") != null,
            step == null ? null : Stop.Step.valueOf(step.toUpperCase(Locale.ROOT)));
  }

  /**
   * A call that cannot be read, because somebody changed the row, is one of a procedure that cannot
   * be: the job is shown and removed like any other, and fails when it is run. It must not keep the
   * other rows from being read.
   */
  private static ProcedureCall call(ResultSet row) throws SQLException {
    String id = row.getString("JOB_ID");
    String name = row.getString("PROCEDURE_NAME");
    String params = row.getString("PARAMS");
    try {
      return params == null
          ? new ProcedureCall(ProcedureName.parse(name, null), null, false, List.of())
          : CallJson.read(params);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, () -> "the call of job " + id + " cannot be read", e);
      return new ProcedureCall(
          new ProcedureName(List.of(new ProcedureName.Identifier("?", true))),
          null,
          false,
          List.of());
    }
  }

  static JobStatus status(ResultSet row) throws SQLException {
    return JobStatus.valueOf(row.getString("STATE").toUpperCase(Locale.ROOT));
  }

  private static JobState state(ResultSet row) throws SQLException {
    return switch (status(row)) {
      case QUEUED -> new JobState.Queued(time(row, "NOT_BEFORE"));
      case RUNNING -> new JobState.Running(claim(row), progress(row));
      case CANCELLING -> new JobState.Cancelling(claim(row), progress(row));
      case SUCCEEDED ->
          new JobState.Succeeded(
              claim(row),
              present(row, "END_TIME"),
              StateJson.result(
                  row.getString("RESULT"), Duration.ofMillis(row.getLong("FETCH_MS"))));
      case FAILED ->
          new JobState.Failed(
              row.getString("NODE") == null ? null : claim(row),
              present(row, "END_TIME"),
              progress(row),
              StateJson.failure(row.getString("FAILURE")));
      case CANCELLED ->
          new JobState.Cancelled(
              row.getString("NODE") == null ? null : claim(row),
              present(row, "END_TIME"),
              progress(row),
              StateJson.failure(row.getString("FAILURE")));
      case TIMED_OUT ->
          new JobState.TimedOut(
              claim(row),
              present(row, "END_TIME"),
              progress(row),
              StateJson.failure(row.getString("FAILURE")));
      case EXPIRED ->
          new JobState.Expired(
              present(row, "END_TIME"), StateJson.failure(row.getString("FAILURE")));
      case LOST ->
          new JobState.Lost(
              claim(row),
              present(row, "END_TIME"),
              progress(row),
              StateJson.failure(row.getString("FAILURE")));
    };
  }

  private static JobState.Claim claim(ResultSet row) throws SQLException {
    return new JobState.Claim(
        row.getString("NODE"), row.getInt("ATTEMPT"), present(row, "STARTED_AT"));
  }

  private static Progress progress(ResultSet row) throws SQLException {
    return StateJson.progress(row.getInt("PROGRESS"), row.getString("PROGRESS_DETAIL"));
  }

  private static Instant present(ResultSet row, String column) throws SQLException {
    Instant time = time(row, column);
    if (time == null) {
      throw new SQLException("job " + row.getString("JOB_ID") + " has no " + column);
    }
    return time;
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
