package org.diferido.database.hsqldb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.registry.JoinedEndsContract;
import org.diferido.database.registry.RegistryDialect;
import org.junit.jupiter.api.AfterEach;

class HsqldbJoinedEndsTest extends JoinedEndsContract {

  private final List<MemoryDatabase> databases = new ArrayList<>();

  @Override
  protected DataSource newDatabase() {
    MemoryDatabase database = new MemoryDatabase();
    databases.add(database);
    return database.source();
  }

  @AfterEach
  void shutdown() {
    databases.forEach(MemoryDatabase::close);
  }

  @Override
  protected void moveToAnotherSchema(Connection session) throws SQLException {
    databases.get(0).execute("CREATE SCHEMA ETL");
    try (Statement statement = session.createStatement()) {
      statement.execute("SET SCHEMA ETL");
    }
  }

  @Override
  protected RegistryDialect dialect() {
    return new HsqldbRegistryDialect();
  }
}
