package org.diferido.job;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long jobs waited between being accepted and being started: how many in each of some buckets,
 * which a database counts by itself. A job that ran several times counts with its last start.
 *
 * @param counts jobs by the number of their bucket: those that waited less than the bound of that
 *     number, and not less than the one before; behind the last bound there is one more
 */
public record WaitTimes(Map<Integer, Long> counts) {

  public static final WaitTimes NONE = new WaitTimes(Map.of());

  /** Each a whole number of days, hours, minutes or, below that, milliseconds. */
  public static final List<Duration> BOUNDS =
      Stream.of(
              millis(10, 20, 50, 100, 200, 500),
              millis(1_000, 2_000, 3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000),
              IntStream.of(1, 2, 3, 5, 7, 10, 15, 20, 30, 45).mapToObj(Duration::ofMinutes),
              IntStream.of(1, 2, 3, 4, 6, 8, 12, 18).mapToObj(Duration::ofHours),
              IntStream.of(1, 2, 4, 7).mapToObj(Duration::ofDays))
          .flatMap(each -> each)
          .toList();

  public WaitTimes {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  private static Stream<Duration> millis(int... millis) {
    return IntStream.of(millis).mapToObj(Duration::ofMillis);
  }

  /** The bucket of a wait; one that clocks make negative is none at all. */
  public static int bucket(Duration wait) {
    return (int) BOUNDS.stream().takeWhile(bound -> wait.compareTo(bound) >= 0).count();
  }

  /** These and others. */
  public WaitTimes plus(WaitTimes others) {
    Map<Integer, Long> sum = new TreeMap<>(counts);
    others.counts.forEach((bucket, jobs) -> sum.merge(bucket, jobs, Long::sum));
    return new WaitTimes(sum);
  }

  /** These and one more. */
  public WaitTimes with(Duration wait) {
    return plus(new WaitTimes(Map.of(bucket(wait), 1L)));
  }

  /**
   * How long some part of the jobs waited at most. Within a bucket they are taken to be spread
   * evenly; behind the last bound it is that.
   *
   * @param part above 0, to 1
   * @return empty when there are none
   */
  public Optional<Duration> within(double part) {
    double wanted = counts.values().stream().mapToLong(Long::longValue).sum() * part;
    long before = 0;
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      if (before + each.getValue() >= wanted) {
        double share = (wanted - before) / each.getValue();
        return Optional.of(between(each.getKey(), share));
      }
      before += each.getValue();
    }
    return Optional.empty();
  }

  private static Duration between(int bucket, double share) {
    long lower = bucket == 0 ? 0 : BOUNDS.get(bucket - 1).toMillis();
    long upper = bucket == BOUNDS.size() ? lower : BOUNDS.get(bucket).toMillis();
    return Duration.ofMillis(lower + Math.round((upper - lower) * share));
  }
}
