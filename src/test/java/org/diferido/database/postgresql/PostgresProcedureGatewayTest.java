package org.diferido.database.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureGatewayContract;
import org.diferido.procedure.Progress;

/** A real PostgreSQL 17, held to the contract. */
class PostgresProcedureGatewayTest extends ProcedureGatewayContract {

  private static final DataSource DATABASE = withProcedures();
  private static final ReusingDataSource POOL = new ReusingDataSource(DATABASE);

  private final ProcedureGateway gateway =
      new JdbcProcedureGateway(
          POOL::get,
          List.of(new PostgresDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(1)));

  /** A database of its own with the contract's procedures. */
  static DataSource withProcedures() {
    DataSource database = Postgres17.newDatabase();
    try (InputStream script =
        PostgresProcedureGatewayTest.class.getResourceAsStream("contract.sql")) {
      Postgres17.execute(database, new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return database;
  }

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected Capabilities capabilities() {
    return new Capabilities(
        false,
        true,
        Map.of("DATE", "timestamp without time zone", "NUMBER", "numeric"),
        "PROC_TEST_SOBRECARGA",
        0,
        0,
        0,
        32_767,
        ParameterType.TEXT,
        false,
        "vventas",
        true,
        Progress.Source.REPORTED,
        true,
        OnInterrupt.WAITS_FOR_THE_END,
        true,
        number -> "SQLSTATE-P0001",
        "SQLSTATE-22001",
        "SQLSTATE-22003",
        false);
  }

  @Override
  protected void longProcedureTakes(String seconds) {
    Postgres17.execute(DATABASE, "UPDATE ajustes SET segundos = " + seconds);
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return Postgres17.column(
                DATABASE,
                "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '/* diferido:"
                    + tag.id()
                    + " %'")
            .size()
        == 1;
  }
}
