package org.diferido.housekeeping;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.config.Config;

/**
 * How long things are kept.
 *
 * @param afterEnd how long a job is kept after its end ({@code diferido.retention})
 * @param silence after how long without a heartbeat a node counts as dead ({@code
 *     diferido.node.silence})
 */
public record Retention(Duration afterEnd, Duration silence) {

  /** A hundred years: a time so long ago can still be told to any database. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Recovery itself beats every ten seconds; a shorter silence would mean nothing. */
  private static final Duration LEAST_SILENCE = Duration.ofSeconds(20);

  /**
   * @throws IllegalArgumentException that names the property and what it takes
   */
  static Retention from(Config config) {
    return new Retention(
        duration(config, "diferido.retention", "PT24H", Duration.ofMillis(1)),
        duration(config, "diferido.node.silence", "PT30S", LEAST_SILENCE));
  }

  private static Duration duration(
      Config config, String property, String otherwise, Duration least) {
    String text = config.getOptionalValue(property, String.class).orElse(otherwise).strip();
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // told below, like a duration that is too short or too long
    }
    throw new IllegalArgumentException(
        property
            + " takes an ISO 8601 duration of at least "
            + least
            + " and at most P36500D such as "
            + otherwise
            + ", not '"
            + text
            + "'");
  }
}
