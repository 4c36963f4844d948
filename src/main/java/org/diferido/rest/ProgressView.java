package org.diferido.rest;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.Locale;
import org.diferido.procedure.Progress;
import org.diferido.result.JsonValues;

/** How far a job is, and who says so. */
final class ProgressView {

  private static final JsonProvider JSON = JsonProvider.provider();

  private ProgressView() {}

  static JsonObjectBuilder of(Progress progress, Instant now) {
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
      json.add("remaining_seconds", Math.max(1, AttemptView.between(now, end).toSeconds()));
    }
    return json;
  }
}
