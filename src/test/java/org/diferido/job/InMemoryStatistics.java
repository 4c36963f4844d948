package org.diferido.job;

import java.util.HashMap;
import java.util.Map;

/** Statistics that are forgotten with the process. */
public final class InMemoryStatistics implements ProcedureStatistics {

  private final Map<String, RunTimes> runs = new HashMap<>();
  private int asked;

  /** How often all were asked for. */
  public synchronized int asked() {
    return asked;
  }

  @Override
  public synchronized Map<String, RunTimes> all() {
    asked++;
    return Map.copyOf(runs);
  }

  @Override
  public synchronized void add(String procedure, RunTimes more) {
    runs.merge(procedure, more, RunTimes::plus);
  }
}
