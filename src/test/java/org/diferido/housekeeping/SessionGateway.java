package org.diferido.housekeeping;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Signature;

/** A database with sessions of others and without procedures. */
final class SessionGateway implements ProcedureGateway {

  /** The ids of the calls whose sessions are at work. */
  final Set<String> working = new HashSet<>();

  boolean visible = true;
  boolean obedient = true;

  /** Whether the database answers. */
  boolean reachable = true;

  @Override
  public Optional<Set<String>> alive(Collection<String> ids) {
    if (!reachable) {
      throw Failure.of(FailureCode.DATABASE_UNAVAILABLE).toException();
    }
    return visible
        ? Optional.of(ids.stream().filter(working::contains).collect(Collectors.toSet()))
        : Optional.empty();
  }

  @Override
  public boolean stopAbandoned(String id) {
    return obedient && working.remove(id);
  }

  @Override
  public List<Signature> resolve(ProcedureName name) {
    return List.of();
  }

  @Override
  public List<ListedProcedure> list(CatalogueQuery query) {
    return List.of();
  }

  @Override
  public ProcedureResult call(BoundCall call, CallTag tag, CallListener listener) {
    throw new UnsupportedOperationException("housekeeping makes no calls");
  }

  @Override
  public boolean cancel(String id) {
    return false;
  }

  @Override
  public boolean terminate(String id) {
    return false;
  }

  @Override
  public void observe() {}

  @Override
  public void ping() {}
}
