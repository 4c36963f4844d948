package org.diferido.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.flywaydb.core.Flyway;
import org.hsqldb.persist.HsqlDatabaseProperties;

/** Puts the demo's procedures into the demo's database. */
public final class DemoDatabase {

  private static final String SCHEMA = "classpath:org/diferido/demo/schema";

  private DemoDatabase() {}

  /**
   * Creates what is not there yet; may be called again.
   *
   * @throws org.diferido.failure.FailureException NOT_CONFIGURED when HSQLDB was loaded before it
   *     could be told which Java methods SQL may call
   * @throws org.flywaydb.core.api.FlywayException when the database refuses
   */
  public static void create(DataSource dataSource) {
    if (!HsqlDatabaseProperties.supportsJavaMethod(DemoDataSource.BODIES)) {
      throw Failure.of(
              FailureCode.NOT_CONFIGURED,
              "-D" + DemoDataSource.ALLOWED + "=" + DemoDataSource.BODIES)
          .toException();
    }
    Flyway.configure(DemoDatabase.class.getClassLoader())
        .dataSource(dataSource)
        .locations(SCHEMA)
        .load()
        .migrate();
  }

  /** Ends the database and what was in it. */
  public static void close(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }
}
