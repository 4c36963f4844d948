package org.diferido.database.hsqldb;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.diferido.database.Dialect;
import org.diferido.database.ErrorTable;
import org.diferido.database.ResultValues;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ProgressChannel;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;

/**
 * HSQLDB 2.7 with {@code sql.syntax_ora=true}, in the JVM of its caller. It has no packages: a
 * schema stands for one. Calls are positional, since it knows neither {@code =>} nor defaults.
 */
public final class HsqldbDialect implements Dialect {

  private static final ErrorTable ERRORS = new HsqldbErrors();

  @Override
  public String product() {
    return "HSQL Database Engine";
  }

  @Override
  public ErrorTable errors() {
    return ERRORS;
  }

  @Override
  public boolean isOverNetwork() {
    return false;
  }

  @Override
  public List<Signature> resolve(Connection connection, ProcedureName name) throws SQLException {
    return HsqldbSignatures.find(connection, name);
  }

  @Override
  public List<ListedProcedure> list(Connection connection, CatalogueQuery query)
      throws SQLException {
    return HsqldbCatalogue.list(connection, query);
  }

  /**
   * Functions, too, are called as procedures: {@code {? = call …}} cannot be used, their value
   * comes as a result set. One that returns a table has to be selected from to give its columns'
   * names.
   */
  @Override
  public String callText(BoundCall call, CallTag tag) {
    QualifiedName name = call.signature().name();
    String marks = String.join(",", Collections.nCopies(call.bindings().size(), "?"));
    String text = quoted(name.schema()) + "." + quoted(name.name()) + "(" + marks + ")";
    Parameter returns = call.signature().returns();
    return returns != null && returns.type() == ParameterType.CURSOR
        ? "SELECT * FROM TABLE(" + text + ")"
        : "{call " + text + "}";
  }

  @Override
  public void bind(CallableStatement statement, BoundCall call) throws SQLException {
    HsqldbValues.bind(statement, call);
  }

  @Override
  public void read(CallableStatement statement, BoundCall call, ResultValues into)
      throws SQLException {
    HsqldbValues.read(statement, call, into);
  }

  /** A Java body runs on the thread that executes the call, and reports on that thread. */
  @Override
  public CallWatch watch(
      Connection connection,
      CallableStatement statement,
      CallTag tag,
      Consumer<Progress> progress) {
    ProgressChannel channel = ProgressChannel.open(progress);
    return new CallWatch() {
      @Override
      public void close() {
        channel.close();
      }
    };
  }

  /** A long query hears only the one, a body in Java only the other. */
  @Override
  public void cancel(Statement statement, Thread executing) throws SQLException {
    executing.interrupt();
    statement.cancel();
  }

  @Override
  public void ping(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VALUES 1");
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
