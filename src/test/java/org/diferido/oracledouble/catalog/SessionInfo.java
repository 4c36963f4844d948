package org.diferido.oracledouble.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What V$SESSION and V$SESSION_LONGOPS tell of a session. Others read while it works. */
public final class SessionInfo {

  private final int sid;
  private final int serial;
  private final String user;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, LongOperation> operations = new LinkedHashMap<>();
  private final List<String> output = new ArrayList<>();
  private String schema;
  private boolean active;
  private boolean transaction;
  private Instant lastCall = Instant.now();

  public SessionInfo(int sid, int serial, String user) {
    this.sid = sid;
    this.serial = serial;
    this.user = user;
    this.schema = user;
  }

  public int sid() {
    return sid;
  }

  public int serial() {
    return serial;
  }

  public String user() {
    return user;
  }

  public synchronized String schema() {
    return schema;
  }

  public synchronized void schema(String current) {
    schema = current;
  }

  /** CLIENTID, MODULE, ACTION, CLIENT_INFO and others; an empty one is none. */
  public synchronized void attribute(String name, String value) {
    if (value == null || value.isEmpty()) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
  }

  /** Null for none. */
  public synchronized String attribute(String name) {
    return attributes.get(name);
  }

  public synchronized void active(boolean running) {
    active = running;
    lastCall = Instant.now();
  }

  public synchronized boolean isActive() {
    return active;
  }

  /** Whether a transaction is open in it. */
  public synchronized void transaction(boolean open) {
    transaction = open;
  }

  public synchronized boolean hasTransaction() {
    return transaction;
  }

  /** When its last call began or ended. */
  synchronized LocalDateTime lastCall() {
    return LocalDateTime.ofInstant(lastCall, ZoneOffset.UTC);
  }

  synchronized long secondsSinceLastCall() {
    return Duration.between(lastCall, Instant.now()).toSeconds();
  }

  public synchronized void operation(LongOperation operation) {
    operations.remove(operation.name());
    operations.put(operation.name(), operation);
  }

  synchronized Optional<LongOperation> newestOperation() {
    return operations.values().stream().reduce((older, newer) -> newer);
  }

  public synchronized void putLine(String line) {
    output.add(line);
  }

  /** The lines of DBMS_OUTPUT, which are gone then; null when there are none. */
  public synchronized String takeOutput() {
    String lines = output.isEmpty() ? null : String.join("\n", output);
    output.clear();
    return lines;
  }
}
