package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import oracle.jdbc.datasource.impl.OracleDataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.oracle.OracleRegistryDialect;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.JdbcResultStore;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.diferido.result.ResultStore;
import org.diferido.result.ResultStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The store's statements, which the double has to know. */
class ResultStoreTest extends ResultStoreContract {

  private static OracleDouble db;
  private static RegistryDatabase registry;

  @BeforeAll
  static void open() throws SQLException {
    db = new OracleDouble("APP", "secret");
    OracleDataSource source = new OracleDataSource();
    source.setURL(db.url());
    source.setUser("APP");
    source.setPassword("secret");
    var pool = PooledDataSource.over(source);
    registry = new RegistryDatabase(() -> pool, List.of(new OracleRegistryDialect()));
    registry.open();
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
    db.sql("DELETE FROM ASYNC_JOBS");
    return new JdbcJobRegistry(registry, SecretVault.withPassingKey());
  }

  @Override
  protected ResultStore emptyStore() {
    db.sql("DELETE FROM DIFERIDO_RESULT_CHUNKS", "DELETE FROM DIFERIDO_RESULTS");
    return new JdbcResultStore(registry);
  }
}
