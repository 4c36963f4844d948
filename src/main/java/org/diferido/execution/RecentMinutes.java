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

  /**
   * For so long nobody knows whether the registry was there. Ends that it could not take are
   * written once it is back, with the times that they had.
   */
  private static final Duration GAP = Duration.ofMinutes(1);

  /**
   * What is asked for once more.
   *
   * @param from the minute to begin with
   * @param at when what was kept waiting has been written
   */
  private record Late(Instant from, Instant at) {}

  private final JobRegistry registry;
  private final TreeMap<Instant, EndedMinute> known = new TreeMap<>();
  private @Nullable Instant asked;
  private @Nullable Late late;

  RecentMinutes(JobRegistry registry) {
    this.registry = registry;
  }

  /**
   * The minutes to a moment, oldest first, the last not over yet.
   *
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  synchronized List<EndedMinute> upTo(Instant now) {
    Instant first = minute(now).minus(MINUTES - 1L, ChronoUnit.MINUTES);
    boolean afterGap = isAfterGap(now);
    Instant from = from(now, first, afterGap);
    for (EndedMinute each : registry.endedSince(from)) {
      known.merge(each.at(), each, RecentMinutes::fuller);
    }
    known.headMap(first).clear();
    asked = now;
    if (afterGap) {
      late = new Late(from, now.plus(SETTLES));
    } else if (isDue(now)) {
      late = null;
    }
    return IntStream.range(0, MINUTES)
        .mapToObj(at -> first.plus(at, ChronoUnit.MINUTES))
        .map(at -> known.getOrDefault(at, EndedMinute.quiet(at)))
        .toList();
  }

  private boolean isAfterGap(Instant now) {
    return asked == null || Duration.between(asked, now).abs().compareTo(GAP) > 0;
  }

  /** The clock was, and it was not just somebody who looked at the same time. */
  private static boolean isSetBack(Instant before, Instant now) {
    return before.isAfter(now.plus(GAP));
  }

  private boolean isDue(Instant now) {
    return late != null && !now.isBefore(late.at());
  }

  private Instant from(Instant now, Instant first, boolean afterGap) {
    Instant before = asked;
    if (before == null || isSetBack(before, now)) {
      return first;
    }
    Instant recent = minute(earlier(before, now)).minus(SETTLES);
    Instant from = late != null && (afterGap || isDue(now)) ? earlier(late.from(), recent) : recent;
    return from.isBefore(first) ? first : from;
  }

  /** Of two counts of a minute: jobs that were removed between them had ended all the same. */
  private static EndedMinute fuller(EndedMinute before, EndedMinute now) {
    return now.jobs() < before.jobs() ? before : now;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant minute(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MINUTES);
  }
}
