package org.diferido.database.registry;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.Language;
import org.diferido.job.GoDuration;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.Stop;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureResult;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * A job as values for the columns of ASYNC_JOBS, by their names and in the same order on every
 * node, so that a database sees the same statements of all.
 */
final class JobColumns {

  private static final int ALL_DONE = 100;

  /** What is set when a job is asked to stop. */
  static final Set<String> STOPPED =
      Set.of("STOP_REASON", "STOP_BY", "STOP_AT", "STOP_STEP", "REMOVE_AT_END");

  private JobColumns() {}

  /** What is written once. */
  static Map<String, Argument> fixed(Job job) {
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("JOB_ID", text(job.id().hex()));
    columns.put("OWNER", text(job.owner()));
    columns.put("PROCEDURE_NAME", text(job.call().spelledName()));
    columns.put("PARAMS", LongValues.text(CallJson.write(job.call().masked())));
    columns.put("CREATED_AT", time(job.createdAt()));
    columns.put("START_TIME", time(job.createdAt()));
    columns.putAll(terms(job.terms()));
    return columns;
  }

  private static Map<String, Argument> terms(JobTerms terms) {
    SubmitKey key = terms.key();
    JobId retryOf = terms.retryOf();
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("LABELS", LongValues.text(StateJson.labels(terms.labels())));
    columns.put("START_BEFORE", time(terms.startBefore()));
    columns.put("RESOLVED_NAME", text(terms.procedure()));
    columns.put("TIMEOUT_MS", millis(terms.timeout()));
    columns.put("ASKED_TIMEOUT_MS", millis(terms.askedTimeout()));
    columns.put("PRIORITY", number((long) terms.priority()));
    columns.put("LIMIT_GROUP", text(terms.limitGroup()));
    columns.put("MOST_ATTEMPTS", number((long) terms.attempts()));
    columns.put("SUBMIT_KEY", text(key == null ? null : key.id()));
    columns.put("SUBMIT_REQUEST", text(key == null ? null : key.request()));
    columns.put("RETRY_OF", text(retryOf == null ? null : retryOf.hex()));
    return columns;
  }

  private static Argument millis(@Nullable Duration duration) {
    return number(duration == null ? null : duration.toMillis());
  }

  /** What changes with the job's state. */
  static Map<String, Argument> changing(Job job) {
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("STATE", text(job.status().word()));
    columns.put("STATUS", text(job.status().reported().word()));
    columns.putAll(claim(job.state().heldBy()));
    columns.putAll(end(job));
    columns.putAll(outcome(job.state()));
    columns.put("JOB_LOG", LongValues.text(StateJson.log(job.log())));
    columns.put("HISTORY", LongValues.text(StateJson.history(job.history())));
    columns.put(
        "NOT_BEFORE",
        time(job.state() instanceof JobState.Queued waiting ? waiting.notBefore() : null));
    columns.putAll(stop(job));
    return columns;
  }

  /**
   * What a job that knows of no stop leaves alone: another node may have asked for one meanwhile. A
   * removal that was asked for is never taken back.
   */
  private static Map<String, Argument> stop(Job job) {
    Stop stop = job.stop();
    Map<String, Argument> columns = new LinkedHashMap<>();
    if (stop == null && job.status() != JobStatus.QUEUED) {
      return columns;
    }
    Stop.Step step = stop == null ? null : stop.step();
    columns.put("STOP_REASON", text(stop == null ? null : stop.reason().word()));
    columns.put("STOP_BY", text(stop == null ? null : stop.by()));
    columns.put("STOP_AT", time(stop == null ? null : stop.at()));
    columns.put("STOP_STEP", text(step == null ? null : step.word()));
    if (stop != null && stop.removeAfter()) {
      columns.put("REMOVE_AT_END", text("Y"));
    }
    return columns;
  }

  private static Map<String, Argument> claim(Optional<JobState.Claim> claim) {
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("NODE", text(claim.map(JobState.Claim::node).orElse(null)));
    columns.put("ATTEMPT", number(claim.map(held -> (long) held.attempt()).orElse(null)));
    columns.put("STARTED_AT", time(claim.map(JobState.Claim::startedAt).orElse(null)));
    return columns;
  }

  private static Map<String, Argument> end(Job job) {
    Instant end = job.state() instanceof JobState.Ended ended ? ended.endedAt() : null;
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("END_TIME", time(end));
    columns.put("DURATION", text(end == null ? null : duration(job.createdAt(), end)));
    return columns;
  }

  private static String duration(Instant start, Instant end) {
    return GoDuration.format(Duration.between(start, end));
  }

  private static Map<String, Argument> outcome(JobState state) {
    ProcedureResult result =
        state instanceof JobState.Succeeded succeeded ? succeeded.result() : null;
    Failure failure = state.failed().orElse(null);
    int percent = result == null ? state.lastProgress().percent() : ALL_DONE;
    Map<String, Argument> columns = new LinkedHashMap<>();
    columns.put("RESULT", LongValues.text(result == null ? null : StateJson.result(result)));
    columns.put("FETCH_MS", number(result == null ? null : result.fetchTime().toMillis()));
    columns.put(
        "ERROR_MSG",
        LongValues.text(
            failure == null ? null : StateJson.storable(failure.text(Language.SPANISH))));
    columns.put("FAILURE", LongValues.text(failure == null ? null : StateJson.failure(failure)));
    columns.put("PROGRESS", number((long) percent));
    columns.put("PROGRESS_DETAIL", LongValues.text(StateJson.progress(state.lastProgress())));
    return columns;
  }

  static Argument text(@Nullable String value) {
    return (at, statement, context) -> statement.setString(at, value);
  }

  static Argument number(@Nullable Long value) {
    return (at, statement, context) -> {
      if (value == null) {
        statement.setNull(at, Types.BIGINT);
      } else {
        statement.setLong(at, value);
      }
    };
  }

  /**
   * A time as the UTC that is stored. Jdbi's own binding of times goes through java.sql.Timestamp,
   * and so through the JVM's zone, where an hour is missing each spring.
   */
  static Argument time(@Nullable Instant value) {
    LocalDateTime utc =
        value == null
            ? null
            : LocalDateTime.ofInstant(value.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    return (at, statement, context) -> {
      if (utc == null) {
        statement.setNull(at, Types.TIMESTAMP);
      } else {
        statement.setObject(at, utc);
      }
    };
  }
}
