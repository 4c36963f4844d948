package org.diferido.database.postgresql;

import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.registry.JdbcProcedureStatistics;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.job.ProcedureStatistics;
import org.diferido.job.ProcedureStatisticsContract;

class PostgresStatisticsTest extends ProcedureStatisticsContract {

  @Override
  protected ProcedureStatistics statistics() {
    DataSource database = PooledDataSource.over(Postgres17.newDatabase());
    return new JdbcProcedureStatistics(
        new RegistryDatabase(() -> database, List.of(new PostgresRegistryDialect())));
  }
}
