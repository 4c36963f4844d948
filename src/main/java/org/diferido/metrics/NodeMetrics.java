package org.diferido.metrics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.diferido.execution.JobFeed;
import org.diferido.execution.RunningCalls;
import org.diferido.execution.WaitingLimits;
import org.diferido.execution.WorkerPool;
import org.diferido.job.Heartbeat;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;

/** What this node does at the moment. */
@Singleton
public class NodeMetrics {

  private static final List<JobStatus> LIVE = List.of(JobStatus.RUNNING, JobStatus.CANCELLING);

  private final RunningCalls calls;
  private final ProcedureLabels labels;
  private final MultiGauge running;

  @Inject
  public NodeMetrics(
      Meters meters,
      ProcedureLabels labels,
      Node node,
      WorkerPool pool,
      RunningCalls calls,
      JobFeed feed,
      Heartbeat heartbeat) {
    this.calls = calls;
    this.labels = labels;
    this.running = meters.gauges("diferido.jobs.running", "Jobs whose calls are with this node");
    meters.gauge("diferido.node.info", "This node", () -> 1, "node", node.name());
    meters.gauge("diferido.workers", "Calls that may run at once on this node", pool::workers);
    meters.gauge("diferido.workers.free", "Of these, how many could", pool::freeWorkers);
    meters.gauge(
        "diferido.heartbeat.age.seconds",
        "Since this node has last told the others that it is alive",
        () -> heartbeat.age().map(NodeMetrics::seconds).orElse(Double.NaN));
    waiting(meters, feed);
  }

  private static void waiting(Meters meters, JobFeed feed) {
    String meaning = "Clients that wait for jobs at this node";
    meters.gauge(
        "diferido.waiting", meaning, () -> feed.size() - feed.streams(), "kind", "request");
    meters.gauge("diferido.waiting", meaning, feed::streams, "kind", "stream");
    WaitingLimits limits = feed.limits();
    meters.gauge(
        "diferido.waiting.caller.largest",
        "Of these, how many has the caller who has the most",
        limits::mostOfOne);
    meters.gauge("diferido.waiting.caller.limit", "How many each caller may have", limits::most);
    meters.counted(
        "diferido.waiting.refused",
        "How often a caller had too many already",
        limits,
        WaitingLimits::refusals);
  }

  static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** With a zero for each procedure that has ever come along: what is not told has no graph. */
  void look() {
    Map<Tags, Long> counts =
        calls.all().stream()
            .collect(
                groupingBy(
                    job -> tags(labels.of(job.terms().procedure()), job.status()), counting()));
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    TreeSet<String> all = new TreeSet<>(labels.known());
    all.add(ProcedureLabels.OTHER);
    for (String label : all) {
      for (JobStatus status : LIVE) {
        Tags tags = tags(label, status);
        rows.add(MultiGauge.Row.of(tags, counts.getOrDefault(tags, 0L)));
      }
    }
    running.register(rows, true);
  }

  private static Tags tags(String label, JobStatus status) {
    return Tags.of("procedure", label, "state", status.word());
  }
}
