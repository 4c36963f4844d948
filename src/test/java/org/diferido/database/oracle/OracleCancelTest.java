package org.diferido.database.oracle;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CancelContract;
import org.diferido.procedure.ProcedureGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Oracle's own driver and the double. */
class OracleCancelTest extends CancelContract {

  private OracleDouble db;
  private ProcedureGateway gateway;

  @BeforeEach
  void theDoubleIsThere() throws SQLException {
    db = new OracleProcedures().start();
    ReusingDataSource pool = new ReusingDataSource(OracleProcedureGatewayTest.dataSource(db));
    gateway =
        new JdbcProcedureGateway(
            pool::get,
            List.of(new OracleDialect()),
            new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(10)));
  }

  @AfterEach
  void theDoubleIsGone() {
    db.close();
  }

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return db.sessions().stream()
        .anyMatch(session -> tag.id().equals(session.attribute("CLIENTID")) && session.isActive());
  }

  @Override
  protected int connections() {
    return db.sessions().size();
  }
}
