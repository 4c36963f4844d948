package org.diferido.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.diferido.execution.SystemState;
import org.diferido.execution.SystemState.BusyNode;
import org.diferido.execution.SystemState.Limit;
import org.diferido.job.EndedMinute;
import org.diferido.job.JobStatus;
import org.diferido.job.KnownNode;
import org.diferido.job.NodeFigures;

/** The state of all nodes as JSON; what is not known is left out. */
final class SystemView {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.95;

  /** What somebody should look at; that a job was cancelled is not. */
  private static final List<JobStatus> PROBLEMS =
      List.of(JobStatus.FAILED, JobStatus.TIMED_OUT, JobStatus.EXPIRED, JobStatus.LOST);

  private SystemView() {}

  static JsonObject of(SystemState system) {
    return JSON.createObjectBuilder()
        .add("nodes", array(system.nodes().stream().map(SystemView::node)))
        .add("queue", queue(system))
        .add("limits", array(system.limits().stream().map(SystemView::limit)))
        .add("refused", system.refused())
        .add("minutes", array(system.minutes().stream().map(SystemView::minute)))
        .build();
  }

  private static JsonArrayBuilder array(Stream<JsonObjectBuilder> objects) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    objects.forEach(array::add);
    return array;
  }

  private static JsonObjectBuilder node(BusyNode busy) {
    KnownNode node = busy.node();
    NodeFigures figures = node.figures();
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("name", node.name())
            .add("state", state(node))
            .add("busy", busy.busy())
            .add("heartbeat_at", node.lastBeat().toString())
            .add("started_at", node.startedAt().toString());
    if (figures != null) {
      json.add("workers", figures.workers()).add("version", figures.version());
      if (node.alive()) {
        json.add("connections", figures.connections());
      }
    }
    return json;
  }

  private static String state(KnownNode node) {
    NodeFigures figures = node.figures();
    if (!node.alive()) {
      return "dead";
    }
    return figures != null && figures.draining() ? "draining" : "active";
  }

  private static JsonObjectBuilder queue(SystemState system) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("queued", system.queued())
            .add("capacity", system.capacity());
    Duration oldest = system.oldest();
    return oldest == null ? json : json.add("oldest_seconds", oldest.toSeconds());
  }

  private static JsonObjectBuilder limit(Limit limit) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("kind", limit.kind().name().toLowerCase(Locale.ROOT));
    Optional.ofNullable(limit.name()).ifPresent(name -> json.add("name", name));
    json.add("used", limit.used()).add("max", limit.most());
    Optional.ofNullable(limit.refused()).ifPresent(refused -> json.add("refused", refused));
    return json;
  }

  private static JsonObjectBuilder minute(EndedMinute minute) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("at", minute.at().toString())
            .add("succeeded", minute.count(JobStatus.SUCCEEDED))
            .add("problems", PROBLEMS.stream().mapToLong(minute::count).sum());
    minute.waits().within(HALF).ifPresent(p50 -> json.add("wait_p50_ms", p50.toMillis()));
    minute.waits().within(NEARLY_ALL).ifPresent(p95 -> json.add("wait_p95_ms", p95.toMillis()));
    return json;
  }
}
