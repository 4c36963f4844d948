package org.diferido.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.diferido.database.Observation.CallRunById;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Signature;

/**
 * Stored procedures over JDBC. Each call has a connection and a transaction of its own; which
 * dialect it speaks is asked of the connection, so the database behind the DataSource may change.
 */
public final class JdbcProcedureGateway implements ProcedureGateway {

  private final Supplier<DataSource> dataSource;
  private final Map<String, Dialect> dialects;
  private final SignatureCache signatures;
  private final WatchedPool pool;
  private final Map<String, CallRun> running = new ConcurrentHashMap<>();
  private final Observation observation = new Observation();
  private final CallSessions sessions = new CallSessions();

  /**
   * @param dataSource looks the DataSource up, each time it is needed; may throw a {@link
   *     FailureException} NOT_CONFIGURED
   * @param dialects one for each product that may be behind it
   */
  public JdbcProcedureGateway(
      Supplier<DataSource> dataSource, List<Dialect> dialects, SignatureCache signatures) {
    this(dataSource, dialects, signatures, DatabaseEvents.NONE);
  }

  /** The same, and somebody is told how the database does. */
  public JdbcProcedureGateway(
      Supplier<DataSource> dataSource,
      List<Dialect> dialects,
      SignatureCache signatures,
      DatabaseEvents events) {
    this.dataSource = dataSource;
    this.signatures = signatures;
    this.pool = new WatchedPool(DatabaseEvents.Pool.PROCEDURES, events);
    this.dialects =
        dialects.stream()
            .collect(Collectors.toUnmodifiableMap(Dialect::product, Function.identity()));
  }

  @Override
  public List<Signature> resolve(ProcedureName name) {
    try {
      return signatures.get(name, () -> find(name));
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private List<Signature> find(ProcedureName name) throws SQLException {
    try (AskedConnection asked = ask()) {
      return dialectOf(asked.connection()).resolve(asked.connection(), name);
    }
  }

  @Override
  public List<ListedProcedure> list(CatalogueQuery query) {
    if (query.among().isEmpty()) {
      return List.of();
    }
    try (AskedConnection asked = ask()) {
      return dialectOf(asked.connection()).list(asked.connection(), query);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public ProcedureResult call(BoundCall call, CallTag tag, CallListener listener) {
    try (OwnTransaction transaction = begin()) {
      Dialect dialect = dialectOf(transaction.connection());
      CallRun run = new CallRun(transaction, dialect, call, tag, listener);
      if (running.putIfAbsent(tag.id(), run) != null) {
        throw new IllegalStateException("there is a call " + tag.id() + " already");
      }
      try {
        return run.run();
      } catch (FailureException e) {
        forgetIfStale(dialect, e);
        throw pool.told(e);
      } finally {
        running.remove(tag.id());
      }
    }
  }

  private void forgetIfStale(Dialect dialect, FailureException e) {
    if (e.getCause() instanceof SQLException error && dialect.errors().isSignatureStale(error)) {
      signatures.clear();
    }
  }

  @Override
  public boolean cancel(String id) {
    CallRun run = running.get(id);
    return run != null && run.cancel();
  }

  @Override
  public void observe() {
    List<CallRunById> runs =
        running.entrySet().stream()
            .map(each -> new CallRunById(each.getKey(), each.getValue()))
            .toList();
    observation.observe(runs, this::ask);
  }

  @Override
  public boolean terminate(String id) {
    CallRun run = running.get(id);
    if (run == null) {
      return false;
    }
    try (AskedConnection another = ask()) {
      return sessions.end(run, another.connection());
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public Optional<Set<String>> alive(Collection<String> ids) {
    try (AskedConnection asked = ask()) {
      return sessions.alive(dialectOf(asked.connection()), asked.connection(), ids);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public boolean stopAbandoned(String id) {
    try (AskedConnection asked = ask()) {
      return sessions.end(dialectOf(asked.connection()), asked.connection(), id);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void ping() {
    try (AskedConnection asked = ask()) {
      dialectOf(asked.connection()).ping(asked.connection());
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private OwnTransaction begin() {
    try {
      return OwnTransaction.begin(connect());
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private AskedConnection ask() throws SQLException {
    WatchedPool.Borrowed borrowed = connect();
    try {
      return AskedConnection.of(borrowed, dialectOf(borrowed.connection()).isOverNetwork());
    } catch (RuntimeException e) {
      borrowed.close();
      throw e;
    }
  }

  private WatchedPool.Borrowed connect() throws SQLException {
    DataSource source;
    try {
      source = dataSource.get();
    } catch (FailureException e) {
      throw pool.told(e);
    }
    return new WatchedPool.Borrowed(pool.borrow(source), pool);
  }

  private Dialect dialectOf(Connection connection) {
    String product;
    try {
      product = connection.getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw unavailable(e);
    }
    Dialect dialect = dialects.get(product);
    if (dialect == null) {
      String known = dialects.keySet().stream().sorted().collect(Collectors.joining(", "));
      throw Failure.of(
              FailureCode.NOT_CONFIGURED, "database product " + product + ", known are: " + known)
          .toException();
    }
    return dialect;
  }

  /** Without a connection it is not known whose error it is: any dialect that knows it may tell. */
  private FailureException unavailable(SQLException e) {
    boolean refused =
        dialects.values().stream()
            .anyMatch(each -> each.errors().kind(SqlErrors.innermost(e)) == ErrorKind.REFUSED);
    return pool.told(
        new FailureException(
            Failure.of(refused ? FailureCode.DATABASE_REFUSED : FailureCode.DATABASE_UNAVAILABLE),
            e));
  }
}
