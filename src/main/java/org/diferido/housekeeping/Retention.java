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

  /**
   * @throws IllegalArgumentException that names the property and what it takes
   */
  static Retention from(Config config) {
    return new Retention(
        duration(config, "diferido.retention", "PT24H"),
        duration(config, "diferido.node.silence", "PT30S"));
  }

  private static Duration duration(Config config, String property, String otherwise) {
    String text = config.getOptionalValue(property, String.class).orElse(otherwise).strip();
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // told below, like a duration that is not positive
    }
    throw new IllegalArgumentException(
        property + " takes an ISO 8601 duration such as " + otherwise + ", not '" + text + "'");
  }
}
