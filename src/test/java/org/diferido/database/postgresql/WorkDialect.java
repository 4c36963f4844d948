package org.diferido.database.postgresql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.diferido.database.Dialect;
import org.diferido.database.ErrorKind;
import org.diferido.database.ErrorTable;
import org.diferido.database.ResultValues;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;

/** Just enough of a dialect to call one procedure, which leaves a row for the id it is given. */
public final class WorkDialect implements Dialect {

  private static final Signature WORK =
      new Signature(
          new QualifiedName("public", null, "work", true),
          "work",
          List.of(
              new Parameter(
                  "p_id", Parameter.Direction.IN, ParameterType.TEXT, "text", false, 0, 0)),
          null);

  /**
   * Makes the procedure and the table of its rows.
   *
   * @param slowest milliseconds that a call, and then its commit, takes at most
   */
  public static void install(DataSource source, int slowest) {
    Postgres17.execute(
        source,
        "CREATE TABLE WORK_DONE (ID TEXT PRIMARY KEY)",
        """
        CREATE PROCEDURE WORK(P_ID TEXT) LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO WORK_DONE VALUES (P_ID);
          PERFORM pg_sleep(random() * %1$d / 1000.0);
        END $$
        """
            .formatted(slowest));
    if (slowest > 0) {
      Postgres17.execute(
          source,
          """
          CREATE FUNCTION TAKE_LONG() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_sleep(random() * %1$d / 1000.0);
            RETURN NULL;
          END $$
          """
              .formatted(slowest),
          "CREATE CONSTRAINT TRIGGER AT_COMMIT AFTER INSERT ON WORK_DONE"
              + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION TAKE_LONG()");
    }
  }

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public ErrorTable errors() {
    return new ErrorTable() {
      @Override
      public ErrorKind kind(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0")
            ? ErrorKind.CONNECTION_LOST
            : ErrorKind.DATA;
      }

      @Override
      public String code(SQLException error) {
        return "SQLSTATE-" + error.getSQLState();
      }

      @Override
      public String text(SQLException error) {
        return String.valueOf(error.getMessage());
      }
    };
  }

  @Override
  public List<Signature> resolve(Connection connection, ProcedureName name) {
    return name.toString().toLowerCase(Locale.ROOT).equals("work") ? List.of(WORK) : List.of();
  }

  @Override
  public String callText(BoundCall call, CallTag tag) {
    return "{call work(?)}";
  }

  @Override
  public void bind(CallableStatement statement, BoundCall call) throws SQLException {
    statement.setObject(1, call.bindings().get(0).value());
  }

  @Override
  public void read(CallableStatement statement, BoundCall call, ResultValues into) {}

  @Override
  public void ping(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }
}
