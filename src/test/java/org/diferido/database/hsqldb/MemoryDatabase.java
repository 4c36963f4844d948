package org.diferido.database.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.diferido.database.registry.RegistryDatabase;
import org.hsqldb.jdbc.JDBCDataSource;

/** An HSQLDB in memory that is gone when it is closed. */
final class MemoryDatabase implements AutoCloseable {

  private final JDBCDataSource source = new JDBCDataSource();

  MemoryDatabase() {
    source.setUrl("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc");
    source.setUser("SA");
    source.setPassword("");
  }

  DataSource source() {
    return source;
  }

  RegistryDatabase registry() {
    return new RegistryDatabase(() -> source, List.of(new HsqldbRegistryDialect()));
  }

  void execute(String... statements) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query, as text. */
  List<String> column(String query) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    execute("SHUTDOWN");
  }
}
