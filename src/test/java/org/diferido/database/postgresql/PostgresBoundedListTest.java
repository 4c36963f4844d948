package org.diferido.database.postgresql;

import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.registry.BoundedListContract;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.ListBounds;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.junit.jupiter.api.BeforeAll;

class PostgresBoundedListTest extends BoundedListContract {

  private static DataSource database;

  @BeforeAll
  static void open() {
    database = PooledDataSource.over(Postgres17.newDatabase());
  }

  @Override
  protected JobRegistry emptyRegistry(ListBounds bounds) {
    JobRegistry registry =
        new JdbcJobRegistry(
            new RegistryDatabase(() -> database, List.of(new PostgresRegistryDialect())),
            SecretVault.withPassingKey(),
            bounds);
    registry.queued();
    Postgres17.execute(database, "DELETE FROM ASYNC_JOBS");
    return registry;
  }
}
