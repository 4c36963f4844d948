package org.diferido.execution;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.ProcedureRuns;
import org.diferido.job.ProcedureStatistics;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedurePattern;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;
import org.diferido.security.Caller;
import org.jspecify.annotations.Nullable;

/** The procedures that a caller may run. What it may not run does not exist here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Catalogue {

  private final ProcedureGateway gateway;
  private final ProcedureStatistics statistics;
  private final AccessRules access;
  private final ServiceSettings settings;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected Catalogue() {
    this(null, null, null, null);
  }

  @Inject
  public Catalogue(
      ProcedureGateway gateway,
      ProcedureStatistics statistics,
      AccessRules access,
      ServiceSettings settings) {
    this.gateway = gateway;
    this.statistics = statistics;
    this.access = access;
    this.settings = settings;
  }

  /**
   * Lists them.
   *
   * @param text only those in whose full name it is found, in any case; or null
   * @param limit how many at most
   * @param after where to begin, as an earlier page's {@link CataloguePage#next}; null for the
   *     first
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED, REGISTRY_UNAVAILABLE
   */
  public CataloguePage list(
      @Nullable String text, int limit, @Nullable QualifiedName after, Caller caller) {
    List<ProcedurePattern> granted =
        caller.runsProcedures() ? access.grantedTo(caller.groups()) : List.of();
    List<ListedProcedure> found = gateway.list(new CatalogueQuery(granted, text, after, limit + 1));
    boolean more = found.size() > limit;
    List<ListedProcedure> page = more ? found.subList(0, limit) : found;
    Map<String, ProcedureRuns> runs =
        statistics.of(page.stream().map(each -> each.name().full()).toList());
    return new CataloguePage(
        page.stream().map(each -> new CataloguePage.Line(each, runsOf(each.name(), runs))).toList(),
        more ? page.get(limit - 1).name() : null);
  }

  /**
   * One of them, with all its overloads.
   *
   * @throws org.diferido.failure.FailureException PROCEDURE_NOT_FOUND, also when it is not granted;
   *     and as {@link #list}
   */
  public CatalogueEntry find(ProcedureName name, Caller caller) {
    List<Signature> overloads = caller.runsProcedures() ? gateway.resolve(name) : List.of();
    if (overloads.isEmpty() || !access.grants(caller.groups(), overloads.get(0).name())) {
      throw Failure.of(FailureCode.PROCEDURE_NOT_FOUND, name).toException();
    }
    QualifiedName where = overloads.get(0).name();
    return new CatalogueEntry(
        overloads, runsOf(where, statistics.of(List.of(where.full()))), settings.rules().of(where));
  }

  private static ProcedureRuns runsOf(QualifiedName name, Map<String, ProcedureRuns> runs) {
    return runs.getOrDefault(name.full(), ProcedureRuns.NONE);
  }
}
