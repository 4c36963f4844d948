package org.diferido.database.postgresql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.diferido.database.Dialect;
import org.diferido.database.ErrorTable;
import org.diferido.database.ResultValues;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.diferido.procedure.Signature;

/** PostgreSQL 14 and later, through its own driver, whatever the settings in its URL. */
public final class PostgresDialect implements Dialect {

  private static final ErrorTable ERRORS = new PostgresErrors();

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public ErrorTable errors() {
    return ERRORS;
  }

  @Override
  public List<Signature> resolve(Connection connection, ProcedureName name) throws SQLException {
    return PostgresSignatures.find(connection, name);
  }

  @Override
  public List<ListedProcedure> list(Connection connection, CatalogueQuery query)
      throws SQLException {
    return PostgresCatalogue.list(connection, query);
  }

  @Override
  public String callText(BoundCall call, CallTag tag) {
    return PostgresCall.text(call, tag);
  }

  @Override
  public void bind(CallableStatement statement, BoundCall call) throws SQLException {
    PostgresValues.bind(statement, call);
  }

  @Override
  public void read(CallableStatement statement, BoundCall call, ResultValues into)
      throws SQLException {
    PostgresValues.read(statement, call, into);
  }

  /**
   * The driver sends BEGIN by itself, as a message of its own just ahead of a transaction's first
   * statement (its {@code QueryExecutorImpl.sendQueryPreamble}). A cancel that strikes BEGIN ends
   * only that, and the call that follows would be committed by itself, while the driver says that
   * it was cancelled. So BEGIN is sent here, where nobody can cancel anything yet; the driver
   * leaves it to us while autocommit is on, and knows from the server that it happened.
   */
  @Override
  public void open(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute(connection.isReadOnly() ? "BEGIN READ ONLY" : "BEGIN");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  @Override
  public CallWatch watch(
      Connection connection, CallableStatement statement, CallTag tag, Consumer<Progress> progress)
      throws SQLException {
    return new PostgresWatch(connection, statement, tag, progress);
  }

  @Override
  public boolean observes() {
    return true;
  }

  @Override
  public Map<String, Progress> observe(Connection connection, Collection<String> ids)
      throws SQLException {
    return PostgresSessions.look(connection, ids);
  }

  /**
   * The driver's {@code Statement.cancel()} does nothing before the statement is under way, and the
   * server nothing before it has come.
   */
  @Override
  public void cancelAgain(Connection connection, String id) throws SQLException {
    PostgresSessions.cancel(connection, id);
  }

  @Override
  public Told end(Connection connection, String id, boolean harder) throws SQLException {
    return PostgresSessions.end(connection, id) ? Told.TO_END : Told.NOTHING;
  }

  @Override
  public Optional<Set<String>> alive(Connection connection, Collection<String> ids)
      throws SQLException {
    return PostgresSessions.alive(connection, ids);
  }

  @Override
  public String sessionGrants() {
    return "to be the role of the calls, or a member of pg_signal_backend";
  }

  /** A procedure that is called in a transaction cannot end it (2D000), and no client will. */
  @Override
  public boolean undoesLostCalls() {
    return true;
  }

  @Override
  public void ping(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }
}
