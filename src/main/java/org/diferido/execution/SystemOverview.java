package org.diferido.execution;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.diferido.execution.SystemState.BusyNode;
import org.diferido.execution.SystemState.Kind;
import org.diferido.execution.SystemState.Limit;
import org.diferido.job.HeldJobs;
import org.diferido.job.JobRegistry;
import org.diferido.job.KnownNode;
import org.diferido.job.NodeFigures;
import org.diferido.job.NodeFigures.Refused;
import org.diferido.job.NodeSilence;
import org.diferido.job.WaitingJobs;
import org.jspecify.annotations.Nullable;

/**
 * All nodes, the queue and the limits, as the registry knows them: by four statements, each on what
 * waits, runs, beats or has ended in the last minutes.
 */
@Singleton
public class SystemOverview {

  /** Of callers who have jobs that run only those with the most. */
  private static final int MOST_OWNERS = 10;

  private final JobRegistry registry;
  private final ServiceSettings settings;
  private final NodeSilence silence;
  private final Clock clock;
  private final RecentMinutes minutes;

  @Inject
  public SystemOverview(
      JobRegistry registry, ServiceSettings settings, NodeSilence silence, Clock clock) {
    this.registry = registry;
    this.settings = settings;
    this.silence = silence;
    this.clock = clock;
    this.minutes = new RecentMinutes(registry);
  }

  /**
   * As it is now.
   *
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  public SystemState look() {
    Instant now = clock.instant();
    List<KnownNode> nodes = registry.nodes(silence.longest());
    List<HeldJobs> held = registry.held();
    List<WaitingJobs> waiting = registry.waiting();
    long queued = waiting.stream().mapToLong(WaitingJobs::jobs).sum();
    Map<String, Long> busy = summed(held, HeldJobs::node);
    List<Refused> refused =
        nodes.stream()
            .filter(KnownNode::alive)
            .map(KnownNode::figures)
            .filter(Objects::nonNull)
            .map(NodeFigures::refused)
            .toList();
    long queueFull = refused.stream().mapToLong(Refused::queueFull).sum();
    List<Limit> limits = new ArrayList<>();
    limits.add(new Limit(Kind.QUEUE, null, queued, settings.queueCapacity(), queueFull));
    limits.addAll(ofOwners(held));
    limits.addAll(ofProcedures(held));
    return new SystemState(
        nodes.stream().map(node -> new BusyNode(node, busy.getOrDefault(node.name(), 0L))).toList(),
        queued,
        settings.queueCapacity(),
        age(waiting, now),
        limits,
        refused.stream().mapToLong(Refused::requests).sum(),
        minutes.upTo(now));
  }

  /** None that is to come: a job that runs again may have to wait for its time. */
  private static @Nullable Duration age(List<WaitingJobs> waiting, Instant now) {
    return waiting.stream()
        .map(each -> Duration.between(each.since(), now))
        .max(Comparator.naturalOrder())
        .map(age -> age.isNegative() ? Duration.ZERO : age)
        .orElse(null);
  }

  private List<Limit> ofOwners(List<HeldJobs> held) {
    Integer most = settings.limits().running();
    return most == null
        ? List.of()
        : summed(held, HeldJobs::owner).entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_OWNERS)
            .map(each -> new Limit(Kind.OWNER, each.getKey(), each.getValue(), most, null))
            .toList();
  }

  /** Of several rules with one pattern the first counts. */
  private List<Limit> ofProcedures(List<HeldJobs> held) {
    Map<String, Long> used =
        summed(held.stream().filter(each -> each.group() != null).toList(), SystemOverview::group);
    Map<String, Integer> most = new TreeMap<>();
    settings
        .rules()
        .limits()
        .all()
        .forEach(rule -> most.putIfAbsent(rule.pattern().toString(), rule.value()));
    return most.entrySet().stream()
        .map(
            each ->
                new Limit(
                    Kind.PROCEDURE,
                    each.getKey(),
                    used.getOrDefault(each.getKey(), 0L),
                    each.getValue(),
                    null))
        .toList();
  }

  private static String group(HeldJobs jobs) {
    return Objects.requireNonNull(jobs.group());
  }

  private static Map<String, Long> summed(List<HeldJobs> held, Function<HeldJobs, String> name) {
    return held.stream().collect(groupingBy(name, TreeMap::new, summingLong(HeldJobs::jobs)));
  }
}
