package org.diferido.database.oracle;

import java.sql.SQLException;
import java.time.Duration;
import org.diferido.database.GatewayCalls;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CancelContract;
import org.diferido.procedure.ProcedureGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Cancels on a real Oracle. */
@WithOracleServer
class OracleServerCancelTest extends CancelContract {

  private OracleServer server;
  private ProcedureGateway gateway;

  @BeforeEach
  void proceduresAreThere() throws SQLException {
    server = OracleServer.withProcedures();
    gateway =
        new GatewayCalls(server.dataSource(), new OracleDialect(), Duration.ofMinutes(10))
            .gateway();
  }

  @AfterEach
  void proceduresAreGone() throws SQLException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return server.isRunning(tag);
  }

  @Override
  protected int connections() {
    return server.connections();
  }
}
