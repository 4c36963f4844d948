package org.diferido.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diferido.failure.Language;
import org.diferido.job.GoDuration;
import org.diferido.job.Job;
import org.diferido.job.JobPage;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
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
    json.add("params", RequestView.params(job));
    rest(json, job, language, numbersAsText);
    if (!job.history().isEmpty()) {
      json.add("history", AttemptView.history(job, language));
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
          .add(
              "duration", GoDuration.format(AttemptView.between(job.createdAt(), ended.endedAt())));
    }
    Progress progress = job.state().lastProgress();
    json.add("progress", job.status() == JobStatus.SUCCEEDED ? 100 : progress.percent());
    if (job.state() instanceof JobState.Succeeded succeeded) {
      JsonObject result = ResultJson.told(succeeded.result(), JobResults.of(job)::path);
      if (!result.isEmpty()) {
        json.add("result", numbersAsText ? ResultJson.numbersAsText(result) : result);
      }
      if (succeeded.result().omitted()) {
        json.add("result_omitted", true);
      }
    }
    job.state().failed().ifPresent(failure -> json.add("error", failure.text(language)));
    json.add("state", job.status().word())
        .add("owner", job.owner())
        .add("created_at", job.createdAt().toString());
    AttemptView.held(json, job);
    if (job.status().isHeld()) {
      json.add("progress_detail", ProgressView.of(progress, clock.instant()));
    }
    job.state()
        .failed()
        .ifPresent(failure -> json.add("error_detail", AttemptView.failure(failure, language)));
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
    RequestView.terms(json, job);
    json.add("links", links(job));
  }

  private static JsonObjectBuilder links(Job job) {
    JsonObjectBuilder links = JSON.createObjectBuilder().add("self", path(job));
    if (!job.status().isEnd()) {
      links.add("events", path(job) + "/events").add("cancel", path(job) + "/cancel");
    } else if (!job.call().hasSecrets()) {
      links.add("retry", path(job) + "/retry");
    }
    if (job.state() instanceof JobState.Succeeded succeeded) {
      JobResults results = JobResults.of(job);
      if (succeeded.result().omitted() || !results.entries().isEmpty()) {
        links.add("results", results.path());
      }
    }
    return links;
  }
}
