package org.diferido.job;

import java.util.Map;

/**
 * What is kept of the runs of procedures when their jobs are gone.
 *
 * <p>Every method throws {@link org.diferido.failure.FailureException} REGISTRY_UNAVAILABLE.
 */
public interface ProcedureStatistics {

  /** The run times of all procedures, by their full name in the dictionary. */
  Map<String, RunTimes> all();

  /** Adds runs to those that are known. */
  void add(String procedure, RunTimes runs);
}
