package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import oracle.jdbc.pool.OracleDataSource;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Oracle's own driver, talking to the double, held to the contract. */
class OracleProcedureGatewayTest extends OracleGatewayContract {

  private static final OracleProcedures PROCEDURES = new OracleProcedures();
  private static OracleDouble db;
  private static ReusingDataSource pool;

  private final ProcedureGateway gateway =
      new JdbcProcedureGateway(
          () -> pool.get(),
          List.of(new OracleDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(1)));

  @BeforeAll
  static void theDoubleIsThere() throws SQLException {
    db = PROCEDURES.start();
    pool = new ReusingDataSource(dataSource(db));
  }

  @AfterAll
  static void theDoubleIsGone() {
    db.close();
  }

  static DataSource dataSource(OracleDouble db) throws SQLException {
    OracleDataSource source = new OracleDataSource();
    source.setURL(db.url());
    source.setUser(OracleProcedures.OWNER);
    source.setPassword(OracleProcedures.PASSWORD);
    return source;
  }

  @AfterEach
  void nothingWasUnknownToTheDouble() {
    assertThat(db.unknown()).isEmpty();
  }

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected void longProcedureTakes(String seconds) {
    PROCEDURES.seconds.set(new BigDecimal(seconds));
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return db.sessions().stream()
        .anyMatch(session -> tag.id().equals(session.attribute("CLIENTID")) && session.isActive());
  }
}
