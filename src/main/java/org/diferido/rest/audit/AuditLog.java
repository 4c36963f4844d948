package org.diferido.rest.audit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit log: a JSON object for each line (RFC 8259; control characters are escaped, so
 * nobody can write a line of his own). It goes to the server's log as {@code org.diferido.audit},
 * or, if {@code diferido.audit.file} names one, to that file alone, which is appended to.
 */
@ApplicationScoped
public class AuditLog {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String NAME = "org.diferido.audit";

  /** No more of what somebody sent. */
  private static final int LONGEST = 300;

  private final Clock clock;
  private final Logger logger;
  private final @Nullable FileHandler file;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected AuditLog() {
    this.clock = null;
    this.logger = null;
    this.file = null;
  }

  /**
   * Opens the log.
   *
   * @throws IllegalArgumentException when the file cannot be written
   */
  @Inject
  public AuditLog(Clock clock) {
    this(
        clock,
        ConfigProvider.getConfig()
            .getOptionalValue("diferido.audit.file", String.class)
            .orElse(null));
  }

  AuditLog(Clock clock, @Nullable String path) {
    this.clock = clock;
    this.logger = Logger.getLogger(NAME);
    this.file = path == null ? null : opened(path);
  }

  private static FileHandler opened(String path) {
    try {
      // A % means something to the handler.
      FileHandler handler = new FileHandler(path.replace("%", "%%"), true);
      handler.setEncoding("UTF-8");
      handler.setFormatter(new Lines());
      return handler;
    } catch (IOException e) {
      throw new IllegalArgumentException("diferido.audit.file cannot be written: " + e, e);
    }
  }

  private static final class Lines extends Formatter {
    @Override
    public String format(LogRecord entry) {
      return entry.getMessage() + System.lineSeparator();
    }
  }

  /**
   * Writes a line.
   *
   * @param what in the order of the line; nulls are left out
   */
  public void write(Map<String, @Nullable Object> what) {
    JsonObjectBuilder line =
        JSON.createObjectBuilder()
            .add("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    what.forEach(
        (name, value) -> {
          if (value instanceof Integer number) {
            line.add(name, number);
          } else if (value != null) {
            line.add(name, cut(value.toString()));
          }
        });
    write(line.build());
  }

  private void write(JsonObject line) {
    LogRecord entry = new LogRecord(Level.INFO, line.toString());
    entry.setLoggerName(NAME);
    if (file == null) {
      logger.log(entry);
    } else {
      file.publish(entry);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** A file that cannot be written is told at start. */
  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
    logger.log(Level.FINE, "audit log begins");
  }

  @PreDestroy
  void close() {
    if (file != null) {
      file.close();
    }
  }
}
