package org.diferido.database.hsqldb;

import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.JdbcResultStore;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.diferido.result.ResultStore;
import org.diferido.result.ResultStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HsqldbResultStoreTest extends ResultStoreContract {

  private static MemoryDatabase database;
  private static RegistryDatabase registry;

  @BeforeAll
  static void open() {
    database = new MemoryDatabase();
    registry = database.registry();
    registry.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected JobRegistry emptyRegistry() {
    database.execute("DELETE FROM ASYNC_JOBS");
    return new JdbcJobRegistry(registry, SecretVault.withPassingKey());
  }

  @Override
  protected ResultStore emptyStore() {
    database.execute("DELETE FROM DIFERIDO_RESULT_CHUNKS", "DELETE FROM DIFERIDO_RESULTS");
    return new JdbcResultStore(registry);
  }
}
