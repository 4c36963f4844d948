package org.diferido.execution;

import java.util.List;
import org.diferido.job.ProcedureRuns;
import org.diferido.procedure.Signature;

/**
 * A procedure that a caller may run.
 *
 * @param overloads its signatures, at least one
 * @param runs how earlier runs went
 */
public record CatalogueEntry(List<Signature> overloads, ProcedureRuns runs, CallRules rules) {

  public CatalogueEntry {
    overloads = List.copyOf(overloads);
  }
}
