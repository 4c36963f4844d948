package org.diferido.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.result.JsonValues;

/** What was asked for: the call's arguments, its terms, and that it stop. */
final class RequestView {

  private static final JsonProvider JSON = JsonProvider.provider();

  private RequestView() {}

  static JsonArrayBuilder params(Job job) {
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

  /** What was asked beside the call: how long it may take, what it repeats, and to stop. */
  static void terms(JsonObjectBuilder json, Job job) {
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
}
