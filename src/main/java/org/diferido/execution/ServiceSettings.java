package org.diferido.execution;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.diferido.procedure.AccessPolicy;
import org.diferido.procedure.SecretNames;
import org.eclipse.microprofile.config.Config;

/**
 * What an administrator can set, read from MicroProfile Config and checked once, at start.
 *
 * @param workers calls that this node runs at once ({@code diferido.workers}, 1 to 100)
 * @param queueCapacity queued jobs that are accepted ({@code diferido.queue.capacity})
 * @param poll how often a node with free workers looks for queued jobs of other nodes, and keeps
 *     the progress of its own ({@code diferido.poll})
 * @param heartbeat how often a node says that it is alive ({@code diferido.node.heartbeat})
 * @param access who may call what ({@code diferido.access})
 * @param secrets which parameters are secret ({@code diferido.secrets})
 */
public record ServiceSettings(
    int workers,
    int queueCapacity,
    Duration poll,
    Duration heartbeat,
    AccessPolicy access,
    SecretNames secrets) {

  /** As many as the container's executor of this application may run, see WorkerPool. */
  static final int MOST_WORKERS = 100;

  private static final int MOST_QUEUED = 10_000_000;
  private static final String DEFAULT_SECRETS =
      "*password*,*clave*,*token*,*secret*,*contrasen*,*pwd*";

  /**
   * @throws IllegalArgumentException that names the property and what it takes
   */
  static ServiceSettings from(Config config) {
    return new ServiceSettings(
        number(config, "diferido.workers", 10, MOST_WORKERS),
        number(config, "diferido.queue.capacity", 10_000, MOST_QUEUED),
        duration(config, "diferido.poll", "PT2S"),
        duration(config, "diferido.node.heartbeat", "PT5S"),
        access(config),
        SecretNames.parse(text(config, "diferido.secrets", DEFAULT_SECRETS)));
  }

  private static String text(Config config, String property, String otherwise) {
    return config.getOptionalValue(property, String.class).orElse(otherwise);
  }

  private static int number(Config config, String property, int otherwise, int most) {
    String text = text(config, property, String.valueOf(otherwise)).strip();
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw new IllegalArgumentException(
        property + " takes a whole number from 1 to " + most + ", not '" + text + "'");
  }

  private static Duration duration(Config config, String property, String otherwise) {
    String text = text(config, property, otherwise).strip();
    try {
      Duration duration = Duration.parse(text);
      if (duration.toMillis() >= 100) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // told below, like a duration that is too short
    }
    throw new IllegalArgumentException(
        property + " takes an ISO 8601 duration of 0.1 s or more such as PT2S, not '" + text + "'");
  }

  private static AccessPolicy access(Config config) {
    try {
      return AccessPolicy.parse(text(config, "diferido.access", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("diferido.access: " + e.getMessage(), e);
    }
  }
}
