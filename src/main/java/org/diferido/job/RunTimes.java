package org.diferido.job;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long the runs of a procedure took that came back well: how many fell into each of the buckets
 * whose bounds grow by a fifth ({@code 2^(1/4)}) from one to the next, beginning at 10 ms. So a
 * time is known to a tenth, from milliseconds to months, in a few dozen numbers.
 *
 * @param counts runs by the number of their bucket
 */
public record RunTimes(Map<Integer, Long> counts) {

  public static final RunTimes NONE = new RunTimes(Map.of());

  private static final double FIRST_MILLIS = 10;
  private static final int BUCKETS_PER_DOUBLING = 4;

  /** As many runs as an estimate needs. */
  private static final long LEAST_RUNS = 3;

  /** With more than so many runs the old ones count half, so that what changes is seen. */
  private static final long MOST_RUNS = 1000;

  private static final int MOST_PERCENT = 99;

  public RunTimes {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /**
   * How far a call is, by earlier ones.
   *
   * @param percent 0 to 99; never falls while the call goes on
   * @param remaining how long it will take; null when it has taken longer than all earlier ones
   */
  public record Estimate(int percent, @Nullable Duration remaining) {}

  public RunTimes with(Duration run) {
    Map<Integer, Long> more = new TreeMap<>(counts);
    more.merge(bucket(run.toMillis()), 1L, Long::sum);
    return new RunTimes(more);
  }

  /** These runs and others; of very many, the older half as many. */
  public RunTimes plus(RunTimes later) {
    if (later.counts.isEmpty()) {
      return this;
    }
    Map<Integer, Long> sum = new TreeMap<>(count() > MOST_RUNS ? halved() : counts);
    later.counts.forEach((bucket, runs) -> sum.merge(bucket, runs, Long::sum));
    return new RunTimes(sum);
  }

  private Map<Integer, Long> halved() {
    Map<Integer, Long> half = new TreeMap<>();
    counts.forEach((bucket, runs) -> half.put(bucket, (runs + 1) / 2));
    return half;
  }

  /** How many runs are known. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How far a call is that has been going on for some time. Half of the earlier runs that took
   * longer than this one has so far took longer than what is said here.
   *
   * @return empty with too few earlier runs
   */
  public Optional<Estimate> estimate(Duration elapsed) {
    if (count() < LEAST_RUNS) {
      return Optional.empty();
    }
    double millis = Math.max(1, elapsed.toMillis());
    double best = share(millis);
    // What was said at the bounds before stays said: a share falls where the median jumps.
    for (int bucket : counts.keySet()) {
      if (upper(bucket) <= millis) {
        best = Math.max(best, share(Math.nextDown(upper(bucket))));
      }
    }
    double median = medianAbove(millis);
    Duration remaining =
        Double.isNaN(median) ? null : Duration.ofMillis(Math.max(1, Math.round(median - millis)));
    return Optional.of(new Estimate((int) Math.min(MOST_PERCENT, best * 100), remaining));
  }

  private double share(double millis) {
    double median = medianAbove(millis);
    return Double.isNaN(median) ? 0 : millis / median;
  }

  /** Of the runs that took longer, the time in the middle; NaN when there are none. */
  private double medianAbove(double millis) {
    long above =
        counts.entrySet().stream()
            .filter(each -> upper(each.getKey()) > millis)
            .mapToLong(Map.Entry::getValue)
            .sum();
    long seen = 0;
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      if (upper(each.getKey()) > millis) {
        seen += each.getValue();
        if (seen * 2 >= above) {
          return upper(each.getKey());
        }
      }
    }
    return Double.NaN;
  }

  /**
   * In which time some part of the runs was over, to a fifth.
   *
   * @param part from 0 to 1, such as 0.95
   * @return empty when no run is known
   */
  public Optional<Duration> within(double part) {
    double wanted = count() * part;
    long seen = 0;
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      seen += each.getValue();
      if (seen >= wanted) {
        return Optional.of(Duration.ofMillis(Math.round(upper(each.getKey()))));
      }
    }
    return Optional.empty();
  }

  private static int bucket(long millis) {
    if (millis <= FIRST_MILLIS) {
      return 0;
    }
    double doublings = Math.log(millis / FIRST_MILLIS) / Math.log(2);
    return (int) Math.ceil(doublings * BUCKETS_PER_DOUBLING);
  }

  /** The longest time, in milliseconds, that is in a bucket. */
  private static double upper(int bucket) {
    return FIRST_MILLIS * Math.pow(2, (double) bucket / BUCKETS_PER_DOUBLING);
  }

  /** As {@code 12:3 13:5}: bucket and runs. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(each -> each.getKey() + ":" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  /** Reads what {@link #toString} wrote. */
  public static RunTimes parse(String text) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (String each : text.split(" ")) {
      if (!each.isBlank()) {
        String[] sides = each.split(":", -1);
        counts.put(Integer.valueOf(sides[0]), Long.valueOf(sides[1]));
      }
    }
    return new RunTimes(counts);
  }
}
