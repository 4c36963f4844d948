package org.diferido.database.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL 17 for the tests of this JVM, on the loopback only. It starts with the first
 * test that needs it and stops with the JVM.
 */
public final class Postgres17 {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres17() {}

  private static final class Server {
    static final EmbeddedPostgres STARTED = started();

    private static EmbeddedPostgres started() {
      try {
        return EmbeddedPostgres.builder()
            // Whatever this machine has: the server's own, which knows the case of every letter.
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "300")
            // Without it a call goes on for hours after its client has died.
            .setServerConfig("client_connection_check_interval", "500ms")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * An empty database of its own; each connection is a new session of the server's. Its URL has no
   * options: an administrator forgets them.
   */
  public static PGSimpleDataSource newDatabase() {
    return newDatabase("");
  }

  /**
   * The same with options in its URL.
   *
   * @param options {@code a=b&c=d}
   */
  public static PGSimpleDataSource newDatabase(String options) {
    String name = "test" + DATABASES.incrementAndGet();
    execute(Server.STARTED.getPostgresDatabase(), "CREATE DATABASE " + name);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(
        "jdbc:postgresql://127.0.0.1:" + Server.STARTED.getPort() + "/" + name + "?" + options);
    source.setUser("postgres");
    return source;
  }

  public static void execute(DataSource source, String... statements) {
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
  public static List<String> column(DataSource source, String query) {
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
}
