package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import oracle.jdbc.datasource.impl.OracleDataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.oracle.OracleRegistryDialect;
import org.diferido.database.registry.JdbcProcedureStatistics;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.job.ProcedureStatistics;
import org.diferido.job.ProcedureStatisticsContract;
import org.junit.jupiter.api.AfterEach;

class StatisticsTest extends ProcedureStatisticsContract {

  private OracleDouble db;

  @AfterEach
  void everyStatementWasKnown() {
    assertThat(db.unknown()).isEmpty();
    db.close();
  }

  @Override
  protected ProcedureStatistics statistics() throws SQLException {
    db = new OracleDouble("APP", "secret");
    OracleDataSource source = new OracleDataSource();
    source.setURL(db.url());
    source.setUser("APP");
    source.setPassword("secret");
    var pool = PooledDataSource.over(source);
    return new JdbcProcedureStatistics(
        new RegistryDatabase(() -> pool, List.of(new OracleRegistryDialect())));
  }
}
