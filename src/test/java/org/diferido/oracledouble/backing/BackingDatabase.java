package org.diferido.oracledouble.backing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/** The HSQLDB in memory that has the tables. */
public final class BackingDatabase implements AutoCloseable {

  private final String url =
      "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";sql.syntax_ora=true;hsqldb.tx=mvcc";
  private final String schema;
  private final TableLocks locks = new TableLocks();

  /**
   * @param schema the one that unqualified names mean
   */
  public BackingDatabase(String schema) {
    this.schema = schema.toUpperCase(Locale.ROOT);
    run("CREATE SCHEMA \"" + this.schema + "\"");
    DictionaryViews.statements().forEach(this::run);
  }

  /** One that does not commit by itself. */
  public Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url, "SA", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SCHEMA \"" + schema + "\"");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  TableLocks locks() {
    return locks;
  }

  /** Makes ALL_OBJECTS tell of something that is not in HSQLDB. */
  public void tell(String owner, String name, String type) {
    run(
        "DELETE FROM SYS.STORED_OBJECTS WHERE OWNER = '%s' AND OBJECT_NAME = '%s'"
            .formatted(owner, name));
    run("INSERT INTO SYS.STORED_OBJECTS VALUES ('%s', '%s', '%s')".formatted(owner, name, type));
  }

  private void run(String sql) {
    try (Connection connection = DriverManager.getConnection(url, "SA", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    run("SHUTDOWN");
  }
}
