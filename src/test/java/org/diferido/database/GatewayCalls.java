package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.KeptResults;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Signature;

/** Calls by name over a pool of few sessions, as the service makes them. */
public final class GatewayCalls {

  private static final AtomicInteger TAGS = new AtomicInteger();

  private final ReusingDataSource pool;
  private final JdbcProcedureGateway gateway;

  public GatewayCalls(DataSource database, Dialect dialect) {
    this(database, dialect, Duration.ZERO);
  }

  /**
   * @param keep how long a signature is kept
   */
  public GatewayCalls(DataSource database, Dialect dialect, Duration keep) {
    this.pool = new ReusingDataSource(database);
    this.gateway =
        new JdbcProcedureGateway(
            pool::get, List.of(dialect), new SignatureCache(Clock.systemUTC(), keep));
  }

  public static Argument in(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }

  public static CallTag tag() {
    return new CallTag("p" + TAGS.incrementAndGet(), "ana");
  }

  public JdbcProcedureGateway gateway() {
    return gateway;
  }

  public ReusingDataSource pool() {
    return pool;
  }

  public List<Signature> resolve(String name) {
    return gateway.resolve(ProcedureName.parse(name, null));
  }

  public BoundCall bound(ProcedureName name, Argument... arguments) {
    return ArgumentMatching.match(
        new ProcedureCall(name, null, false, List.of(arguments)), gateway.resolve(name));
  }

  public Map<String, Object> call(String name, Argument... arguments) {
    return call(ProcedureName.parse(name, null), arguments);
  }

  /** What comes back, large values in it as well. */
  public Map<String, Object> call(ProcedureName name, Argument... arguments) {
    KeptResults kept = new KeptResults();
    return kept.whole(gateway.call(bound(name, arguments), tag(), kept));
  }

  public Failure failure(String name, Argument... arguments) {
    return failure(() -> call(name, arguments));
  }

  public static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    FailureException thrown = catchThrowableOfType(FailureException.class, call);
    assertThat(thrown).as("what the call fails with").isNotNull();
    return thrown.failure();
  }
}
