package org.diferido.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.diferido.execution.Accepted;
import org.diferido.execution.ManyCancelled;
import org.diferido.execution.ManyRetried;
import org.diferido.failure.Failure;
import org.diferido.failure.Language;
import org.diferido.failure.Message;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Signature;
import org.diferido.result.ResultJson;

/** The short answers, in the origin's own words and members. */
final class Answers {

  private static final JsonProvider JSON = JsonProvider.provider();

  private Answers() {}

  /** 202, and the place to look for the outcome. */
  static Response accepted(Accepted accepted, Language language) {
    return of(accepted, Response.accepted(accepted(accepted.job(), language)))
        .header(HttpHeaders.RETRY_AFTER, JobView.FIRST_RETRY_AFTER_SECONDS)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  private static JsonObject accepted(Job job, Language language) {
    return JSON.createObjectBuilder()
        .add("status", "accepted")
        .add("job_id", job.id().hex())
        .add("message", Message.of("submit.accepted").in(language))
        .add("check_status_url", JobView.path(job))
        .build();
  }

  /** 200 and the job, to who has waited for it. */
  static Response ended(Accepted accepted, JsonObject job, Duration waited, Language language) {
    return of(accepted, Response.ok(job))
        .header("Preference-Applied", "wait=" + waited.toSeconds())
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  /** 200 and what came out of the call, to who has called it as if it were short. */
  static Response out(Accepted accepted, Job ended, Language language) {
    JsonObject out =
        ended.state() instanceof JobState.Succeeded succeeded
            ? ResultJson.told(succeeded.result(), JobResults.of(ended)::path)
            : JsonValue.EMPTY_JSON_OBJECT;
    JsonObject body =
        JSON.createObjectBuilder()
            .add("status", "ok")
            .add("out", out)
            .add("job_id", ended.id().hex())
            .build();
    return of(accepted, Response.ok(body))
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  /** What the answer to a call that was accepted tells of it, whatever has become of it. */
  static Map<String, Object> headers(Accepted accepted) {
    String path = JobView.path(accepted.job());
    return accepted.replayed()
        ? Map.of(HttpHeaders.LOCATION, path, IdempotencyKey.REPLAYED, true)
        : Map.of(HttpHeaders.LOCATION, path);
  }

  private static Response.ResponseBuilder of(Accepted accepted, Response.ResponseBuilder response) {
    headers(accepted).forEach(response::header);
    return response;
  }

  static JsonObject valid(Signature signature, Language language) {
    JsonArrayBuilder parameters = JSON.createArrayBuilder();
    signature.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("status", "valid")
            .add("message", Message.of("submit.valid").in(language))
            .add("procedure", signature.name().display())
            .add("isFunction", signature.isFunction())
            .add("params", parameters);
    Parameter returns = signature.returns();
    if (returns != null) {
      json.add("returns", returns.databaseType());
    }
    return json.build();
  }

  private static JsonObjectBuilder parameter(Parameter parameter) {
    return JSON.createObjectBuilder()
        .add("name", parameter.name())
        .add("direction", parameter.direction().name())
        .add("type", parameter.databaseType())
        .add("optional", parameter.optional() || parameter.direction() == Direction.OUT);
  }

  /**
   * @param gone whether it is, or will be once it has stopped
   */
  static JsonObject deleted(String id, boolean gone, Language language) {
    return JSON.createObjectBuilder()
        .add("message", Message.of(gone ? "job.deleted" : "job.deleting").in(language))
        .add("job_id", id)
        .build();
  }

  static JsonObject deleted(int count, Language language) {
    return JSON.createObjectBuilder()
        .add("message", Message.of("jobs.deleted").in(language))
        .add("deleted", count)
        .build();
  }

  static JsonObject cancelled(ManyCancelled done, Language language) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("message", Message.of("jobs.cancelled").in(language))
            .add("matched", done.matched())
            .add("cancelled", done.cancelled())
            .add("cancelling", done.cancelling())
            .add("skipped", done.skipped());
    return more(json, done.more());
  }

  static JsonObject retried(ManyRetried done, Language language) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("message", Message.of("jobs.retried").in(language))
            .add("matched", done.matched())
            .add("retried", done.retried().size())
            .add("skipped", done.skipped().size());
    JsonArrayBuilder jobs = JSON.createArrayBuilder();
    for (Job job : done.retried()) {
      JsonObjectBuilder each = JSON.createObjectBuilder().add("job_id", job.id().hex());
      JobId original = job.terms().retryOf();
      if (original != null) {
        each.add("retry_of", original.hex());
      }
      jobs.add(each);
    }
    JsonArrayBuilder skipped = JSON.createArrayBuilder();
    for (ManyRetried.Skipped each : done.skipped()) {
      JsonObjectBuilder named = JSON.createObjectBuilder().add("job_id", each.id().hex());
      skipped.add(reason(named, each.why(), language));
    }
    json.add("jobs", jobs).add("skipped_jobs", skipped);
    Failure stopped = done.stopped();
    if (stopped != null) {
      json.add("stopped_by", reason(JSON.createObjectBuilder(), stopped, language));
    }
    return more(json, done.more());
  }

  private static JsonObjectBuilder reason(JsonObjectBuilder json, Failure why, Language language) {
    return json.add("code", why.reportedCode()).add("error", why.text(language));
  }

  /** Only where there is. */
  private static JsonObject more(JsonObjectBuilder json, boolean more) {
    return (more ? json.add("more", true) : json).build();
  }
}
