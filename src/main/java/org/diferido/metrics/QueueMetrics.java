package org.diferido.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.diferido.execution.AskedElsewhere;
import org.diferido.execution.ServiceSettings;
import org.diferido.failure.FailureException;
import org.diferido.job.JobRegistry;
import org.diferido.job.SteadyClock;
import org.diferido.job.WaitingJobs;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the registry, for whichever node. The registry is asked when somebody scrapes, and
 * then every ten seconds at most; it may be away, and the other meters are to be had all the same.
 */
@Singleton
public class QueueMetrics {

  private static final Logger LOG = System.getLogger(QueueMetrics.class.getName());

  static final Duration FRESH = Duration.ofSeconds(10);

  /** After that nobody knows. */
  static final Duration HOLDS = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final JobRegistry registry;
  private final ProcedureLabels labels;
  private final Clock clock;
  private final AskedElsewhere<Optional<List<WaitingJobs>>> asked;
  private final MultiGauge jobs;
  private volatile boolean up;

  /** When what waits longest could have started; null when nothing waits, or nobody knows. */
  private volatile @Nullable Instant oldest;

  @Inject
  public QueueMetrics(
      Meters meters,
      ProcedureLabels labels,
      JobRegistry registry,
      ServiceSettings settings,
      ManagedExecutorService executor,
      Clock clock,
      SteadyClock steady) {
    this(meters, labels, registry, settings, (Executor) executor, clock, steady);
  }

  /** For any executor. */
  public QueueMetrics(
      Meters meters,
      ProcedureLabels labels,
      JobRegistry registry,
      ServiceSettings settings,
      Executor executor,
      Clock clock,
      SteadyClock steady) {
    this.registry = registry;
    this.labels = labels;
    this.clock = clock;
    this.asked = new AskedElsewhere<>(this::waiting, FRESH, HOLDS, executor, steady);
    this.jobs = meters.gauges("diferido.queue.jobs", "Jobs that wait, of all nodes");
    meters.gauge(
        "diferido.queue.capacity", "Jobs that may wait, of all nodes", settings::queueCapacity);
    meters.gauge(
        "diferido.queue.oldest.seconds",
        "For how long the job that has waited longest could have started",
        this::age);
    meters.gauge(
        "diferido.registry.up", "Whether the registry has answered lately", () -> up ? 1 : 0);
  }

  private Optional<List<WaitingJobs>> waiting() {
    try {
      return Optional.of(registry.waiting());
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "what waits is not known", e);
      return Optional.empty();
    }
  }

  private double age() {
    Instant since = oldest;
    if (since == null) {
      return up ? 0 : Double.NaN;
    }
    return Math.max(0, NodeMetrics.seconds(Duration.between(since, clock.instant())));
  }

  /** What waits, if the registry has said so lately. */
  Optional<List<WaitingJobs>> look() {
    return asked.answer(PATIENCE).flatMap(answer -> answer);
  }

  /** Has the meters tell it. */
  void tell(Optional<List<WaitingJobs>> waiting) {
    up = waiting.isPresent();
    oldest =
        waiting.stream()
            .flatMap(List::stream)
            .map(WaitingJobs::since)
            .min(Instant::compareTo)
            .orElse(null);
    jobs.register(waiting.map(this::rows).orElse(List.of()), true);
  }

  private List<MultiGauge.Row<?>> rows(List<WaitingJobs> waiting) {
    Map<String, Long> counts = new HashMap<>();
    labels.known().forEach(label -> counts.put(label, 0L));
    counts.put(ProcedureLabels.OTHER, 0L);
    waiting.forEach(each -> counts.merge(labels.of(each.procedure()), each.jobs(), Long::sum));
    return counts.entrySet().stream()
        .<MultiGauge.Row<?>>map(
            each -> MultiGauge.Row.of(Tags.of("procedure", each.getKey()), each.getValue()))
        .toList();
  }
}
