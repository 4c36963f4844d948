package org.diferido.metrics;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names by which procedures are told apart, the dictionary's own: the first {@value #MOST} that
 * come along, and one for all others. Each name is some thirty lines of each scrape, and a label
 * that anybody could fill without end would fill the memory of Prometheus as well.
 */
@Singleton
public class ProcedureLabels {

  static final int MOST = 200;

  /** No name of a procedure: those have their schema before a dot. */
  static final String OTHER = "other";

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private volatile boolean full;

  /**
   * The label of a procedure, the same each time.
   *
   * @param procedure its full name from the dictionary, or null when that is not known
   */
  String of(@Nullable String procedure) {
    if (procedure == null) {
      return OTHER;
    }
    return known.contains(procedure) || (!full && isTaken(procedure)) ? procedure : OTHER;
  }

  private synchronized boolean isTaken(String procedure) {
    if (known.size() < MOST) {
      known.add(procedure);
    }
    full = known.size() >= MOST;
    return known.contains(procedure);
  }

  /** Those that have come along. */
  Set<String> known() {
    return Set.copyOf(known);
  }
}
