package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.JdbcResultStore;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.JobRegistry;
import org.diferido.result.ResultStore;
import org.diferido.result.ResultStoreContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresResultStoreTest extends ResultStoreContract {

  private static DataSource database;
  private static RegistryDatabase registry;

  @BeforeAll
  static void open() {
    database = PooledDataSource.over(Postgres17.newDatabase());
    registry = new RegistryDatabase(() -> database, List.of(new PostgresRegistryDialect()));
    registry.open();
  }

  @Override
  protected JobRegistry emptyRegistry() {
    Postgres17.execute(database, "DELETE FROM ASYNC_JOBS");
    return new JdbcJobRegistry(registry, SecretVault.withPassingKey());
  }

  @Override
  protected ResultStore emptyStore() {
    Postgres17.execute(
        database, "DELETE FROM DIFERIDO_RESULT_CHUNKS", "DELETE FROM DIFERIDO_RESULTS");
    return new JdbcResultStore(registry);
  }

  @Test
  void everyTableAndEveryColumnHasAComment() {
    assertThat(
            Postgres17.column(
                database,
                "SELECT c.relname || '.' || coalesce(a.attname, '') FROM pg_class c"
                    + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                    + " WHERE c.relname IN ('diferido_results', 'diferido_result_chunks')"
                    + " AND (col_description(c.oid, a.attnum) IS NULL"
                    + " OR obj_description(c.oid) IS NULL)"))
        .isEmpty();
  }
}
