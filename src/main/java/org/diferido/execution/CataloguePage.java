package org.diferido.execution;

import java.util.List;
import org.diferido.job.ProcedureRuns;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * Some of the procedures that a caller may run, in the order of names.
 *
 * @param next after which the next page begins, or null when this is the last
 */
public record CataloguePage(List<Line> lines, @Nullable QualifiedName next) {

  public CataloguePage {
    lines = List.copyOf(lines);
  }

  /** A procedure, and how its earlier runs went. */
  public record Line(ListedProcedure procedure, ProcedureRuns runs) {}
}
