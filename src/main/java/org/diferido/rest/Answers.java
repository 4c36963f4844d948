package org.diferido.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.diferido.failure.Language;
import org.diferido.failure.Message;
import org.diferido.job.Job;

/** The short answers, in the origin's own words and members. */
final class Answers {

  private Answers() {}

  static JsonObject accepted(Job job, Language language) {
    return Json.createObjectBuilder()
        .add("status", "accepted")
        .add("job_id", job.id().hex())
        .add("message", Message.of("submit.accepted").in(language))
        .add("check_status_url", JobView.path(job))
        .build();
  }

  static JsonObject deleted(Job job, Language language) {
    return Json.createObjectBuilder()
        .add("message", Message.of("job.deleted").in(language))
        .add("job_id", job.id().hex())
        .build();
  }

  static JsonObject deleted(int count, Language language) {
    return Json.createObjectBuilder()
        .add("message", Message.of("jobs.deleted").in(language))
        .add("deleted", count)
        .build();
  }
}
