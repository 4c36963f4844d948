package org.diferido.database.oracle;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a real Oracle. */
@WithOracleServer
class OracleServerGatewayTest extends OracleGatewayContract {

  private static OracleServer server;
  private static ReusingDataSource pool;

  private final ProcedureGateway gateway =
      new JdbcProcedureGateway(
          () -> pool.get(),
          List.of(new OracleDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(1)));

  @BeforeAll
  static void proceduresAreThere() throws SQLException {
    server = OracleServer.withProcedures();
    pool = new ReusingDataSource(server.dataSource());
  }

  @AfterAll
  static void proceduresAreGone() throws SQLException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected void longProcedureTakes(String seconds) {
    try {
      server.run("UPDATE AJUSTES SET SEGUNDOS = " + seconds);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return server.isRunning(tag);
  }
}
