package org.diferido.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.diferido.procedure.Signature;

/**
 * Stored procedures over JDBC. Each call has a connection and a transaction of its own; which
 * dialect it speaks is asked of the connection, so the database behind the DataSource may change.
 */
public final class JdbcProcedureGateway implements ProcedureGateway {

  private final Supplier<DataSource> dataSource;
  private final Map<String, Dialect> dialects;

  /**
   * @param dataSource looks the DataSource up, each time it is needed; may throw a {@link
   *     FailureException} NOT_CONFIGURED
   * @param dialects one for each product that may be behind it
   */
  public JdbcProcedureGateway(Supplier<DataSource> dataSource, List<Dialect> dialects) {
    this.dataSource = dataSource;
    this.dialects =
        dialects.stream()
            .collect(Collectors.toUnmodifiableMap(Dialect::product, Function.identity()));
  }

  @Override
  public List<Signature> resolve(ProcedureName name) {
    try (Connection connection = connect()) {
      return dialectOf(connection).resolve(connection, name);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public ProcedureResult call(BoundCall call, Consumer<Progress> progress) {
    try (OwnTransaction transaction = begin()) {
      Dialect dialect = dialectOf(transaction.connection());
      return new CallRun(transaction, dialect, call, progress).run();
    }
  }

  @Override
  public void ping() {
    try (Connection connection = connect()) {
      dialectOf(connection).ping(connection);
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

  private Connection connect() throws SQLException {
    return dataSource.get().getConnection();
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

  private static FailureException unavailable(SQLException e) {
    return new FailureException(Failure.of(FailureCode.DATABASE_UNAVAILABLE), e);
  }
}
