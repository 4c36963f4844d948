package org.diferido.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs match a filter, in which state, and when those of the last day were accepted.
 *
 * @param states how many are in each state; a state that none is in may be left out
 * @param countedFrom when the first of those was accepted behind which all were looked at; null
 *     when all were. Older ones are counted only while they wait or run, and are in no half hour
 * @param bins the half hours of the last day, the current one last
 * @param waits of those of the last day that have been started
 */
public record JobSummary(
    Map<JobStatus, Long> states, @Nullable Instant countedFrom, List<Bin> bins, WaitTimes waits) {

  /** How many half hours there are. */
  public static final int BINS = 48;

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  /**
   * A half hour.
   *
   * @param from its first moment
   * @param states of those accepted in it, as above
   */
  public record Bin(Instant from, Map<JobStatus, Long> states) {

    public Bin {
      states = copy(states);
    }
  }

  public JobSummary {
    states = copy(states);
    bins = List.copyOf(bins);
  }

  /** That of no job at all. */
  public static JobSummary empty(Instant now) {
    return new JobSummary(Map.of(), null, bins(now, Map.of()), WaitTimes.NONE);
  }

  /**
   * The half hours of the last day.
   *
   * @param found what is known of some of them, by their first moments
   */
  public static List<Bin> bins(Instant now, Map<Instant, Map<JobStatus, Long>> found) {
    Instant first = firstBin(now);
    return IntStream.range(0, BINS)
        .mapToObj(at -> first.plus(HALF_HOUR.multipliedBy(at)))
        .map(from -> new Bin(from, found.getOrDefault(from, Map.of())))
        .toList();
  }

  /** The first moment of the day that is told of: its last half hour has this moment. */
  public static Instant firstBin(Instant now) {
    return binOf(now).minus(HALF_HOUR.multipliedBy(BINS - 1L));
  }

  /** The first moment of the half hour that a moment is in, in UTC. */
  public static Instant binOf(Instant moment) {
    Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
    return moment.isBefore(hour.plus(HALF_HOUR)) ? hour : hour.plus(HALF_HOUR);
  }

  /** Whether these are all. */
  public boolean isExact() {
    return countedFrom == null;
  }

  /** How many they are together. */
  public long total() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<JobStatus, Long> copy(Map<JobStatus, Long> counts) {
    Map<JobStatus, Long> copy = new EnumMap<>(JobStatus.class);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }
}
