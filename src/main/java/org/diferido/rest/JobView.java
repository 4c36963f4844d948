package org.diferido.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.Language;
import org.diferido.job.Attempt;
import org.diferido.job.GoDuration;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobPage;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.Progress;
import org.diferido.result.JsonValues;
import org.diferido.result.ResultJson;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A job as JSON: the origin's members to the letter, then ours. Empty members are left out. */
@ApplicationScoped
public class JobView {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** When a client should look for the first time. */
  static final int FIRST_RETRY_AFTER_SECONDS = 1;

  private static final int LONGEST_RETRY_AFTER_SECONDS = 30;

  /** Of a job's age, which part to wait before looking again. */
  private static final int AGE_PART = 10;

  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "diferido.retention", defaultValue = "PT24H")
  Duration retention;

  static String path(Job job) {
    return "/jobs/" + job.id().hex();
  }

  /** Seconds until a live job is worth another look: more, the older it is. */
  Optional<Integer> retryAfter(Job job) {
    if (job.status().isEnd()) {
      return Optional.empty();
    }
    long age = Duration.between(job.createdAt(), clock.instant()).toSeconds();
    return Optional.of(
        (int)
            Math.max(
                FIRST_RETRY_AFTER_SECONDS, Math.min(LONGEST_RETRY_AFTER_SECONDS, age / AGE_PART)));
  }

  /** One job, with what was asked for. */
  public JsonObject full(Job job, Language language, boolean numbersAsText) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    begin(json, job);
    json.add("params", params(job));
    rest(json, job, language, numbersAsText);
    if (!job.history().isEmpty()) {
      json.add("history", history(job, language));
    }
    if (!job.log().isEmpty()) {
      json.add("log", JsonValues.toJson(job.log()));
    }
    return json.build();
  }

  /** Some of the jobs that match, and how many do. */
  JsonObject page(JobPage page, Language language, boolean numbersAsText) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("total", page.total());
    if (!page.isExact()) {
      json.add("total_is", "at_least");
    }
    JsonArrayBuilder array = JSON.createArrayBuilder();
    page.jobs().forEach(job -> array.add(brief(job, language, numbersAsText)));
    return json.add("jobs", array).build();
  }

  /** One of many jobs. */
  public JsonObject brief(Job job, Language language, boolean numbersAsText) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    begin(json, job);
    rest(json, job, language, numbersAsText);
    return json.build();
  }

  private static void begin(JsonObjectBuilder json, Job job) {
    json.add("id", job.id().hex())
        .add("status", job.status().reported().word())
        .add("procedure_name", job.call().spelledName());
    if (job.call().schema() != null) {
      json.add("schema", job.call().schema());
    }
  }

  private void rest(JsonObjectBuilder json, Job job, Language language, boolean numbersAsText) {
    json.add("start_time", job.createdAt().toString());
    if (job.state() instanceof JobState.Ended ended) {
      json.add("end_time", ended.endedAt().toString())
          .add("duration", GoDuration.format(between(job.createdAt(), ended.endedAt())));
    }
    Progress progress = job.state().lastProgress();
    json.add("progress", job.status() == JobStatus.SUCCEEDED ? 100 : progress.percent());
    if (job.state() instanceof JobState.Succeeded succeeded) {
      JsonObject result = ResultJson.told(succeeded.result(), JobResults.of(job)::path);
      if (!result.isEmpty()) {
        json.add("result", numbersAsText ? ResultJson.numbersAsText(result) : result);
      }
    }
    job.state().failed().ifPresent(failure -> json.add("error", failure.text(language)));
    json.add("state", job.status().word())
        .add("owner", job.owner())
        .add("created_at", job.createdAt().toString());
    held(json, job);
    if (job.status().isHeld()) {
      json.add("progress_detail", detail(progress));
    }
    job.state().failed().ifPresent(failure -> json.add("error_detail", detail(failure, language)));
    if (!job.terms().labels().isEmpty()) {
      json.add("labels", JsonValues.toJson(job.terms().labels()));
    }
    Instant startBefore = job.terms().startBefore();
    if (startBefore != null) {
      json.add("start_before", startBefore.toString());
    }
    if (job.state() instanceof JobState.Ended ended) {
      json.add("expires_at", ended.endedAt().plus(retention).toString());
    }
    if (job.state() instanceof JobState.Queued queued && queued.notBefore() != null) {
      json.add("not_before", queued.notBefore().toString());
    }
    asked(json, job);
    json.add("links", links(job));
  }

  private static JsonObjectBuilder links(Job job) {
    JsonObjectBuilder links = JSON.createObjectBuilder().add("self", path(job));
    if (!job.status().isEnd()) {
      links.add("events", path(job) + "/events").add("cancel", path(job) + "/cancel");
    } else if (!job.call().hasSecrets()) {
      links.add("retry", path(job) + "/retry");
    }
    if (job.status() == JobStatus.SUCCEEDED) {
      JobResults results = JobResults.of(job);
      if (!results.entries().isEmpty()) {
        links.add("results", results.path());
      }
    }
    return links;
  }

  /** What was asked of it beside the call: how long, what before it, and to stop. */
  private static void asked(JsonObjectBuilder json, Job job) {
    Duration timeout = job.terms().timeout();
    if (timeout != null) {
      json.add("timeout_seconds", timeout.toSeconds());
    }
    JobId retryOf = job.terms().retryOf();
    if (retryOf != null) {
      json.add("retry_of", retryOf.hex());
    }
    Stop stop = job.stop();
    if (stop != null) {
      JsonObjectBuilder detail =
          JSON.createObjectBuilder()
              .add("reason", stop.reason().word())
              .add("by", stop.by())
              .add("at", stop.at().toString());
      if (stop.step() != null) {
        detail.add("ended_by", stop.step().word());
      }
      json.add("stop", detail);
    }
  }

  private static JsonArrayBuilder history(Job job, Language language) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (Attempt attempt : job.history()) {
      array.add(
          JSON.createObjectBuilder()
              .add("attempt", attempt.claim().attempt())
              .add("node", attempt.claim().node())
              .add("started_at", attempt.claim().startedAt().toString())
              .add("ended_at", attempt.endedAt().toString())
              .add("error", attempt.failure().text(language))
              .add("error_detail", detail(attempt.failure(), language)));
    }
    return array;
  }

  /** Two nodes may have told the times, by clocks that differ a little. */
  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }

  private void held(JsonObjectBuilder json, Job job) {
    job.state()
        .heldBy()
        .ifPresent(
            claim -> {
              json.add("started_at", claim.startedAt().toString())
                  .add("attempt", claim.attempt())
                  .add("node", claim.node());
              json.add("timing", timing(job, claim));
            });
  }

  private static JsonObjectBuilder timing(Job job, JobState.Claim claim) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("queued_ms", between(job.createdAt(), claim.startedAt()).toMillis());
    if (job.state() instanceof JobState.Ended ended) {
      Duration held = between(claim.startedAt(), ended.endedAt());
      Duration fetch =
          job.state() instanceof JobState.Succeeded succeeded
              ? succeeded.result().fetchTime()
              : Duration.ZERO;
      json.add("run_ms", Math.max(0, held.minus(fetch).toMillis()));
      if (job.status() == JobStatus.SUCCEEDED) {
        json.add("fetch_ms", fetch.toMillis());
      }
    }
    return json;
  }

  private static JsonArrayBuilder params(Job job) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    // A running job comes with its secret values, since this node still needs them.
    for (Argument argument : job.call().masked().arguments()) {
      JsonObjectBuilder json = JSON.createObjectBuilder().add("name", argument.name());
      if (argument.valueGiven()) {
        json.add("value", JsonValues.toJson(argument.value()));
      }
      if (argument.direction() != null) {
        json.add("direction", argument.direction());
      }
      if (argument.type() != null) {
        json.add("type", argument.type());
      }
      array.add(json);
    }
    return array;
  }

  private JsonObjectBuilder detail(Progress progress) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("source", progress.source().name().toLowerCase(Locale.ROOT));
    if (progress.message() != null) {
      json.add("message", progress.message());
    }
    if (progress.done() != null) {
      json.add("done", JsonValues.toJson(progress.done()));
    }
    if (progress.total() != null) {
      json.add("total", JsonValues.toJson(progress.total()));
    }
    if (progress.unit() != null) {
      json.add("unit", progress.unit());
    }
    Instant end = progress.expectedEnd();
    if (end != null) {
      json.add("remaining_seconds", Math.max(1, between(clock.instant(), end).toSeconds()));
    }
    return json;
  }

  private static JsonValue detail(Failure failure, Language language) {
    return JSON.createObjectBuilder()
        .add("code", failure.reportedCode())
        .add("category", failure.code().category().name().toLowerCase(Locale.ROOT))
        .add("retryable", failure.code().retryable())
        .add("message", failure.text(language))
        .build();
  }
}
