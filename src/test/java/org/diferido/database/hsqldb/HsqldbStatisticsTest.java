package org.diferido.database.hsqldb;

import org.diferido.database.registry.JdbcProcedureStatistics;
import org.diferido.job.ProcedureStatistics;
import org.diferido.job.ProcedureStatisticsContract;
import org.junit.jupiter.api.AfterEach;

class HsqldbStatisticsTest extends ProcedureStatisticsContract {

  private final MemoryDatabase database = new MemoryDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected ProcedureStatistics statistics() {
    return new JdbcProcedureStatistics(database.registry());
  }
}
