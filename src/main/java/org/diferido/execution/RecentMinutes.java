package org.diferido.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diferido.job.EndedMinute;
import org.diferido.job.JobRegistry;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs of all nodes ended in each minute of the last hour. What is long over is asked for
 * once: an hour may have a million ends, and somebody looks every few seconds.
 */
final class RecentMinutes {

  static final int MINUTES = 60;

  /** After that no more ends are told of a minute: so far the clocks of nodes may differ. */
  private static final Duration SETTLES = Duration.ofMinutes(5);

  private final JobRegistry registry;
  private final TreeMap<Instant, EndedMinute> known = new TreeMap<>();
  private @Nullable Instant asked;

  RecentMinutes(JobRegistry registry) {
    this.registry = registry;
  }

  /**
   * The minutes to a moment, oldest first, the last not over yet.
   *
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  synchronized List<EndedMinute> upTo(Instant now) {
    Instant last = now.truncatedTo(ChronoUnit.MINUTES);
    Instant first = last.minus(MINUTES - 1L, ChronoUnit.MINUTES);
    Instant from = unsettled(first, last);
    List<EndedMinute> newer = registry.endedSince(from);
    known.headMap(first).clear();
    known.tailMap(from).clear();
    newer.forEach(each -> known.put(each.at(), each));
    asked = last;
    return IntStream.range(0, MINUTES)
        .mapToObj(at -> first.plus(at, ChronoUnit.MINUTES))
        .map(at -> known.getOrDefault(at, EndedMinute.quiet(at)))
        .toList();
  }

  /** From where on to ask: all of it where the clock was set back, or nothing is known yet. */
  private Instant unsettled(Instant first, Instant last) {
    Instant before = asked;
    if (before == null || before.isAfter(last)) {
      return first;
    }
    Instant from = before.minus(SETTLES);
    return from.isBefore(first) ? first : from;
  }
}
