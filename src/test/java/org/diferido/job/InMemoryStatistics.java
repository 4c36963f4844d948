package org.diferido.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Statistics that are forgotten with the process. */
public final class InMemoryStatistics implements ProcedureStatistics {

  private final Map<String, ProcedureRuns> runs = new HashMap<>();
  private int asked;

  /** How often all were asked for. */
  public synchronized int asked() {
    return asked;
  }

  @Override
  public synchronized Map<String, ProcedureRuns> all() {
    asked++;
    return Map.copyOf(runs);
  }

  @Override
  public synchronized Map<String, ProcedureRuns> of(Collection<String> procedures) {
    Map<String, ProcedureRuns> some = new HashMap<>(runs);
    some.keySet().retainAll(procedures);
    return some;
  }

  @Override
  public synchronized void add(String procedure, ProcedureRuns more) {
    runs.merge(procedure, more, ProcedureRuns::plus);
  }
}
