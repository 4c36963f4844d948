package org.diferido.oracledouble.backing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;
import org.diferido.oracledouble.dictionary.StoredObject;
import org.diferido.oracledouble.dictionary.Subprogram;

/** The HSQLDB in memory that has the tables. */
public final class BackingDatabase implements AutoCloseable {

  private final String url =
      "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";sql.syntax_ora=true;hsqldb.tx=mvcc";
  private final String schema;
  private final Locks locks = new Locks();

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

  Locks locks() {
    return locks;
  }

  /** Makes the dictionary's views tell of something that is not in HSQLDB. */
  public void tell(StoredObject object) {
    String same = "OWNER = '%s' AND OBJECT_NAME = '%s'".formatted(object.owner(), object.name());
    run(
        "DELETE FROM SYS.ALL_ARGUMENTS WHERE OBJECT_ID IN"
            + " (SELECT OBJECT_ID FROM SYS.ALL_PROCEDURES WHERE "
            + same
            + ")");
    run("DELETE FROM SYS.ALL_PROCEDURES WHERE " + same);
    run("DELETE FROM SYS.STORED_OBJECTS WHERE " + same);
    String names = "'%s', '%s'".formatted(object.owner(), object.name());
    run("INSERT INTO SYS.STORED_OBJECTS VALUES (%s, '%s')".formatted(names, object.kind()));
    if (object.isPackage()) {
      addRow(names, "NULL", object, 0);
    }
    for (Subprogram each : object.subprograms()) {
      addRow(names, object.isPackage() ? "'" + each.name() + "'" : "NULL", object, each.id());
      for (int at = each.isFunction() ? 0 : 1; at <= each.arguments().size(); at++) {
        run(
            "INSERT INTO SYS.ALL_ARGUMENTS VALUES (%d, %d, %d, 0)"
                .formatted(object.id(), each.id(), at));
      }
    }
  }

  private void addRow(String names, String procedure, StoredObject object, int subprogram) {
    run(
        "INSERT INTO SYS.ALL_PROCEDURES VALUES (%s, %s, %d, %d, '%s')"
            .formatted(names, procedure, object.id(), subprogram, object.kind()));
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
