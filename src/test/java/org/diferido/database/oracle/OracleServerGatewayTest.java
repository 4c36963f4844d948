package org.diferido.database.oracle;

import java.sql.SQLException;
import java.time.Duration;
import org.diferido.database.GatewayCalls;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a real Oracle. */
@WithOracleServer
class OracleServerGatewayTest extends OracleGatewayContract {

  private static OracleServer server;
  private static ProcedureGateway gateway;

  @BeforeAll
  static void proceduresAreThere() throws SQLException {
    server = OracleServer.withProcedures();
    gateway =
        new GatewayCalls(server.dataSource(), new OracleDialect(), Duration.ofMinutes(1)).gateway();
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
