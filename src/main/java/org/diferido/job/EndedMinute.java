package org.diferido.job;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The jobs that ended in some minute and are still kept.
 *
 * @param at the minute's first moment
 * @param states how many ended how; ends that none had are left out
 * @param waits how long they had waited, of those that were ever started
 */
public record EndedMinute(Instant at, Map<JobStatus, Long> states, WaitTimes waits) {

  public EndedMinute {
    Map<JobStatus, Long> copy = new EnumMap<>(JobStatus.class);
    copy.putAll(states);
    states = Collections.unmodifiableMap(copy);
  }

  /** A minute in which none ended. */
  public static EndedMinute quiet(Instant at) {
    return new EndedMinute(at, Map.of(), WaitTimes.NONE);
  }

  /** How many ended. */
  public long jobs() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many ended so. */
  public long count(JobStatus end) {
    return states.getOrDefault(end, 0L);
  }
}
