package org.diferido.database.postgresql;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CancelContract;
import org.diferido.procedure.ProcedureGateway;

/** A real PostgreSQL 17. */
class PostgresCancelTest extends CancelContract {

  private static final DataSource DATABASE = PostgresProcedureGatewayTest.withProcedures();

  private final ReusingDataSource pool = new ReusingDataSource(DATABASE);
  private final ProcedureGateway gateway =
      new JdbcProcedureGateway(
          pool::get,
          List.of(new PostgresDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(10)));

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return !Postgres17.column(
            DATABASE,
            "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '/* diferido:"
                + tag.id()
                + " %'")
        .isEmpty();
  }

  @Override
  protected int connections() {
    return pool.idle().size();
  }
}
