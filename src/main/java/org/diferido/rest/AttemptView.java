package org.diferido.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.diferido.failure.Failure;
import org.diferido.failure.Language;
import org.diferido.job.Attempt;
import org.diferido.job.Job;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;

/** What is told of the attempts to run a job: where, since when, how long, and why one failed. */
final class AttemptView {

  private static final JsonProvider JSON = JsonProvider.provider();

  private AttemptView() {}

  static void held(JsonObjectBuilder json, Job job) {
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

  static JsonArrayBuilder history(Job job, Language language) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (Attempt attempt : job.history()) {
      array.add(
          JSON.createObjectBuilder()
              .add("attempt", attempt.claim().attempt())
              .add("node", attempt.claim().node())
              .add("started_at", attempt.claim().startedAt().toString())
              .add("ended_at", attempt.endedAt().toString())
              .add("error", attempt.failure().text(language))
              .add("error_detail", failure(attempt.failure(), language)));
    }
    return array;
  }

  static JsonObject failure(Failure failure, Language language) {
    return JSON.createObjectBuilder()
        .add("code", failure.reportedCode())
        .add("category", failure.code().category().name().toLowerCase(Locale.ROOT))
        .add("retryable", failure.code().retryable())
        .add("message", failure.text(language))
        .build();
  }

  /** Two nodes may have told the times, by clocks that differ a little. */
  static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
