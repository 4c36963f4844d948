package org.diferido.database.oracle;

import java.sql.SQLException;
import java.util.List;
import org.diferido.database.PooledDataSource;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobRegistryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The registry in a real Oracle, with tables of its own that are dropped again. */
@WithOracleServer
class OracleServerRegistryTest extends JobRegistryContract {

  private static OracleServer server;
  private static JobRegistry shared;

  @BeforeAll
  static void open() throws SQLException {
    server = OracleServer.open();
    for (String table :
        List.of(
            "DIFERIDO_SCHEMA_HISTORY",
            "DIFERIDO_REGISTRY",
            "DIFERIDO_NODES",
            "DIFERIDO_PROCEDURES",
            "DIFERIDO_REMOVALS",
            "ASYNC_JOBS",
            "DIFERIDO_RESULTS",
            "DIFERIDO_RESULT_CHUNKS")) {
      server.willHaveTable(table);
    }
    var pool = PooledDataSource.over(server.dataSource());
    shared =
        new JdbcJobRegistry(
            new RegistryDatabase(() -> pool, List.of(new OracleRegistryDialect())),
            SecretVault.withPassingKey());
    shared.queued();
  }

  @AfterAll
  static void close() throws SQLException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected JobRegistry emptyRegistry() {
    try {
      server.run("DELETE FROM ASYNC_JOBS");
      server.run("DELETE FROM DIFERIDO_NODES");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return shared;
  }
}
