package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import oracle.jdbc.datasource.impl.OracleDataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.oracle.OracleRegistryDialect;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobRegistryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The registry's statements, which the double has to know. */
class RegistryTest extends JobRegistryContract {

  private static OracleDouble db;
  private static JobRegistry shared;

  @BeforeAll
  static void open() throws SQLException {
    db = new OracleDouble("APP", "secret");
    OracleDataSource source = new OracleDataSource();
    source.setURL(db.url());
    source.setUser("APP");
    source.setPassword("secret");
    var pool = PooledDataSource.over(source);
    shared =
        new JdbcJobRegistry(
            new RegistryDatabase(() -> pool, List.of(new OracleRegistryDialect())),
            SecretVault.withPassingKey());
    shared.queued();
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @AfterEach
  void everyStatementWasKnown() {
    assertThat(db.unknown()).isEmpty();
  }

  @Override
  protected JobRegistry emptyRegistry() {
    db.sql("DELETE FROM ASYNC_JOBS", "DELETE FROM DIFERIDO_NODES");
    return shared;
  }
}
