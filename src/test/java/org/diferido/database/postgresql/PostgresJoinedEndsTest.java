package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.diferido.database.registry.JoinedEndsContract;
import org.diferido.database.registry.RegistryDialect;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresJoinedEndsTest extends JoinedEndsContract {

  @Override
  protected DataSource newDatabase() {
    return Postgres17.newDatabase();
  }

  @Override
  protected RegistryDialect dialect() {
    return new PostgresRegistryDialect();
  }

  @Test
  void aUserWhoMayNotEndJobsDoesNotJoinThem() throws SQLException {
    String user = ((PGSimpleDataSource) database).getDatabaseName() + "_reader";
    Postgres17.execute(
        database,
        "CREATE USER " + user,
        "GRANT SELECT ON DIFERIDO_REGISTRY, ASYNC_JOBS TO " + user,
        "GRANT CREATE ON SCHEMA PUBLIC TO " + user);
    PGSimpleDataSource limited = new PGSimpleDataSource();
    limited.setURL(((PGSimpleDataSource) database).getURL());
    limited.setUser(user);
    useConnectionTo(limited);
    assertThat(joins()).isFalse();
    assertUsable();
  }
}
