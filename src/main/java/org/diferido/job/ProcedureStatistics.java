package org.diferido.job;

import java.util.Collection;
import java.util.Map;

/**
 * What is kept of the runs of procedures when their jobs are gone, by the procedures' full names in
 * the dictionary.
 *
 * <p>Every method throws {@link org.diferido.failure.FailureException} REGISTRY_UNAVAILABLE.
 */
public interface ProcedureStatistics {

  /** The runs of all procedures. */
  Map<String, ProcedureRuns> all();

  /**
   * The runs of some procedures, as far as there are any.
   *
   * @param procedures at most a thousand
   */
  Map<String, ProcedureRuns> of(Collection<String> procedures);

  /** Adds runs to those that are known. */
  void add(String procedure, ProcedureRuns runs);
}
