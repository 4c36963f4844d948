package org.diferido.bench.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every single duration of one thread, or of all together: no histogram, so that nothing is
 * rounded.
 */
final class Recording {

  private static final int AT_FIRST = 4096;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<Integer, Long> statuses = new TreeMap<>();
  private long[] nanos = new long[AT_FIRST];
  private int count;
  private long errors;

  void add(int status, long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
    statuses.merge(status, 1L, Long::sum);
  }

  void addError() {
    errors++;
  }

  void addAll(Recording other) {
    long[] all = Arrays.copyOf(nanos, count + other.count + 1);
    System.arraycopy(other.nanos, 0, all, count, other.count);
    nanos = all;
    count += other.count;
    errors += other.errors;
    other.statuses.forEach((status, times) -> statuses.merge(status, times, Long::sum));
  }

  /** One JSON object: durations in milliseconds, and how often each status came. */
  String json(double seconds) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    String words =
        statuses.entrySet().stream()
            .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
            .collect(Collectors.joining(","));
    return String.format(
        Locale.ROOT,
        "{\"count\":%d,\"seconds\":%.3f,\"per_second\":%.2f,\"p50\":%.3f,\"p95\":%.3f,"
            + "\"p99\":%.3f,\"max\":%.3f,\"errors\":%d,\"statuses\":{%s}}",
        count,
        seconds,
        count / seconds,
        millis(sorted, 0.50),
        millis(sorted, 0.95),
        millis(sorted, 0.99),
        millis(sorted, 1),
        errors,
        words);
  }

  /** The smallest value that is not below a part of all: nearest rank, never a value in between. */
  private static double millis(long[] sorted, double part) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
  }
}
