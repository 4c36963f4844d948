package org.diferido.execution;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the executions of jobs write into the service's log, with the stacks. */
final class ServiceLog extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger(JobExecution.class.getName());
  private final List<String> lines = new CopyOnWriteArrayList<>();

  ServiceLog() {
    logger.addHandler(this);
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord line) {
    StringWriter text = new StringWriter();
    text.write(new SimpleFormatter().formatMessage(line) + "\n");
    if (line.getThrown() != null) {
      line.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
