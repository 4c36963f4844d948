package org.diferido.database.hsqldb;

import org.diferido.database.registry.BoundedListContract;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.ListBounds;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HsqldbBoundedListTest extends BoundedListContract {

  private static MemoryDatabase database;

  @BeforeAll
  static void open() {
    database = new MemoryDatabase();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected JobRegistry emptyRegistry(ListBounds bounds) {
    JobRegistry registry =
        new JdbcJobRegistry(database.registry(), SecretVault.withPassingKey(), bounds);
    registry.queued();
    database.execute("DELETE FROM ASYNC_JOBS");
    return registry;
  }
}
