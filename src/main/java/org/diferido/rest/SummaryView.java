package org.diferido.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import org.diferido.job.JobStatus;
import org.diferido.job.JobSummary;

/** Counts of jobs as JSON. */
final class SummaryView {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final double HALF = 0.5;

  private SummaryView() {}

  static JsonObject of(JobSummary summary) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("total", summary.total());
    if (!summary.isExact()) {
      json.add("total_is", "at_least");
    }
    JsonObjectBuilder states = JSON.createObjectBuilder();
    for (JobStatus status : JobStatus.values()) {
      states.add(status.word(), summary.states().getOrDefault(status, 0L));
    }
    json.add("states", states);
    summary.waits().within(HALF).ifPresent(median -> json.add("wait_p50_ms", median.toMillis()));
    Instant from = summary.countedFrom();
    if (from != null && from.isAfter(summary.bins().get(0).from())) {
      json.add("bins_from", from.toString());
    }
    JsonArrayBuilder bins = JSON.createArrayBuilder();
    summary.bins().forEach(bin -> bins.add(bin(bin)));
    return json.add("bins", bins).build();
  }

  /** Only the states that there are: of most half hours there is little to tell. */
  private static JsonObjectBuilder bin(JobSummary.Bin bin) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("from", bin.from().toString());
    bin.states().forEach((status, jobs) -> json.add(status.word(), jobs));
    return json;
  }
}
