package org.diferido.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diferido.job.JobTerms;
import org.diferido.job.RetryPolicy;
import org.diferido.procedure.AccessPolicy;
import org.diferido.procedure.ProcedureRules;
import org.diferido.procedure.SecretNames;
import org.diferido.security.BrowserSignIn;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator can set, read from MicroProfile Config and checked once, at start.
 *
 * @param workers calls that this node runs at once ({@code diferido.workers}, 1 to 100)
 * @param queueCapacity queued jobs that are accepted ({@code diferido.queue.capacity})
 * @param poll how often a node with free workers looks for queued jobs of other nodes, and keeps
 *     the progress of its own ({@code diferido.poll})
 * @param heartbeat how often a node says that it is alive ({@code diferido.node.heartbeat})
 * @param secrets which parameters are secret ({@code diferido.secrets})
 * @param rules what is set for procedures
 * @param limits how much a caller may have at once
 * @param stopping how calls are stopped
 * @param retries when a job is run again by itself
 * @param resultBytes how much the rows and large values of one job may have, before they are
 *     compressed ({@code diferido.result.max-bytes})
 */
public record ServiceSettings(
    int workers,
    int queueCapacity,
    Duration poll,
    Duration heartbeat,
    SecretNames secrets,
    JobRules rules,
    CallerLimits limits,
    Stopping stopping,
    RetryPolicy retries,
    long resultBytes) {

  /**
   * How much a caller may have at once.
   *
   * @param workers of this node's ({@code diferido.workers.per-caller}); without it all but a
   *     fifth, so that nobody has them all
   * @param queued of the jobs that may wait ({@code diferido.queue.per-caller}); likewise
   * @param running jobs in all nodes ({@code diferido.limit.caller}); null for any number
   * @param submitsPerMinute on this node ({@code diferido.limit.submits}); 0 for any number
   * @param waiting requests that may wait for jobs at once, streams of events among them, on this
   *     node ({@code diferido.waiting.per-caller})
   */
  public record CallerLimits(
      int workers, int queued, @Nullable Integer running, int submitsPerMinute, int waiting) {

    /** No limits but those to a part of the workers and of the queue. */
    static CallerLimits usual(int workers, int queueCapacity) {
      return new CallerLimits(allButAFifth(workers), allButAFifth(queueCapacity), null, 0, WAITING);
    }

    private static int allButAFifth(int all) {
      return Math.max(1, all - Math.max(1, all / FIFTH));
    }
  }

  /**
   * How calls are stopped.
   *
   * @param poll how often a node looks for calls that are to stop ({@code diferido.cancel.poll})
   * @param escalation after how long without an effect a cancel becomes the end of the session, and
   *     is repeated ({@code diferido.cancel.escalation})
   * @param grace how long a node that stops lets its calls go on ({@code diferido.stop.grace})
   */
  public record Stopping(Duration poll, Duration escalation, Duration grace) {

    static final Stopping USUAL =
        new Stopping(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  private static final int FIFTH = 5;
  private static final int WORKERS = 10;
  private static final int CAPACITY = 10_000;

  /** As many as the container's executor of this application may run, see WorkerPool. */
  static final int MOST_WORKERS = 100;

  /** Longer than any call may be told to take, in seconds and as a duration. */
  static final Duration LONGEST = Duration.ofDays(366);

  private static final int MOST_RUNNING = 100_000;
  private static final int MOST_SUBMITS = 1_000_000;
  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_QUEUED = 10_000_000;
  private static final int WAITING = 100;
  private static final int MOST_WAITING = 100_000;

  /** A gibibyte, and a tebibyte. */
  static final long RESULT_BYTES = 1L << 30;

  private static final long MOST_RESULT_BYTES = 1L << 40;
  private static final String DEFAULT_SECRETS =
      "*password*,*clave*,*token*,*secret*,*contrasen*,*pwd*";

  /** Without rules for procedures, and with the usual limits and times. */
  public ServiceSettings(
      int workers, int queueCapacity, Duration poll, Duration heartbeat, SecretNames secrets) {
    this(
        workers,
        queueCapacity,
        poll,
        heartbeat,
        secrets,
        JobRules.NONE,
        CallerLimits.usual(workers, queueCapacity),
        Stopping.USUAL,
        new RetryPolicy(Duration.ofSeconds(10)),
        RESULT_BYTES);
  }

  /**
   * @throws IllegalArgumentException that names the property and what it takes
   */
  static ServiceSettings from(Config config) {
    // Read again when it is needed, but what cannot be read is told at start.
    accessText(config);
    BrowserSignIn.from(config);
    return new ServiceSettings(
        number(config, "diferido.workers", WORKERS, MOST_WORKERS),
        number(config, "diferido.queue.capacity", CAPACITY, MOST_QUEUED),
        duration(config, "diferido.poll", "PT2S"),
        duration(config, "diferido.node.heartbeat", "PT5S"),
        SecretNames.parse(text(config, "diferido.secrets", DEFAULT_SECRETS)),
        rules(config),
        limits(config),
        new Stopping(
            duration(config, "diferido.cancel.poll", "PT1S"),
            duration(config, "diferido.cancel.escalation", "PT30S"),
            duration(config, "diferido.stop.grace", "PT10S")),
        new RetryPolicy(duration(config, "diferido.retry.backoff", "PT10S")),
        bytes(config, "diferido.result.max-bytes"));
  }

  private static CallerLimits limits(Config config) {
    int workers = number(config, "diferido.workers", WORKERS, MOST_WORKERS);
    int capacity = number(config, "diferido.queue.capacity", CAPACITY, MOST_QUEUED);
    CallerLimits usual = CallerLimits.usual(workers, capacity);
    boolean limited = config.getOptionalValue("diferido.limit.caller", String.class).isPresent();
    boolean slowed = config.getOptionalValue("diferido.limit.submits", String.class).isPresent();
    return new CallerLimits(
        number(config, "diferido.workers.per-caller", usual.workers(), workers),
        number(config, "diferido.queue.per-caller", usual.queued(), capacity),
        limited ? number(config, "diferido.limit.caller", 1, MOST_RUNNING) : null,
        slowed ? number(config, "diferido.limit.submits", 1, MOST_SUBMITS) : 0,
        number(config, "diferido.waiting.per-caller", WAITING, MOST_WAITING));
  }

  private static JobRules rules(Config config) {
    return new JobRules(
        rules(
            config,
            "diferido.priority",
            text -> number(text, JobTerms.FIRST_PRIORITY, JobTerms.LAST_PRIORITY)),
        rules(config, "diferido.timeout", ServiceSettings::seconds),
        rules(config, "diferido.timeout.max", ServiceSettings::seconds),
        rules(config, "diferido.limit.procedures", text -> number(text, 1, MOST_RUNNING)),
        rules(config, "diferido.idempotent", text -> number(text, 2, MOST_ATTEMPTS)));
  }

  private static <V> ProcedureRules<V> rules(
      Config config, String property, Function<String, V> value) {
    try {
      return ProcedureRules.parse(text(config, property, ""), value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
  }

  private static int number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw new IllegalArgumentException(
        "a whole number from " + least + " to " + most + " is expected, not '" + text + "'");
  }

  private static Duration seconds(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // told below, like one that is too short or too long
    }
    throw new IllegalArgumentException(
        "an ISO 8601 duration of PT1S to " + LONGEST + " is expected, not '" + text + "'");
  }

  private static String text(Config config, String property, String otherwise) {
    return config.getOptionalValue(property, String.class).orElse(otherwise);
  }

  private static int number(Config config, String property, int otherwise, int most) {
    try {
      return number(text(config, property, String.valueOf(otherwise)).strip(), 1, most);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
  }

  private static long bytes(Config config, String property) {
    String text = text(config, property, String.valueOf(RESULT_BYTES)).strip();
    try {
      long bytes = Long.parseLong(text);
      if (bytes >= 1 && bytes <= MOST_RESULT_BYTES) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw new IllegalArgumentException(
        property
            + " takes a number of bytes from 1 to "
            + MOST_RESULT_BYTES
            + ", not '"
            + text
            + "'");
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

  /**
   * Who may call what ({@code diferido.access}, and the lines of {@code diferido.access.file}).
   *
   * @throws IllegalArgumentException that names the property and what it takes
   */
  static String accessText(Config config) {
    String granted = text(config, "diferido.access", "");
    String file = text(config, "diferido.access.file", "").strip();
    String inFile = file.isEmpty() ? "" : lines(Path.of(file));
    for (String each : new String[] {granted, inFile}) {
      try {
        AccessPolicy.parse(each);
      } catch (IllegalArgumentException e) {
        String property = each.equals(granted) ? "diferido.access" : "diferido.access.file";
        throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
      }
    }
    return granted + ";" + inFile;
  }

  /** A line for each grant; blank ones and comments are passed over. */
  private static String lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining(";"));
    } catch (IOException e) {
      throw new IllegalArgumentException("diferido.access.file cannot be read: " + e, e);
    }
  }
}
