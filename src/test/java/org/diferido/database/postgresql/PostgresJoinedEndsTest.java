package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.running;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.diferido.database.registry.JoinedEndsContract;
import org.diferido.database.registry.RegistryDialect;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry.EndWithin;
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

  @Override
  protected void moveToAnotherSchema(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT set_config('search_path', 'etl', false)");
    }
  }

  /** Between this statement and the commit the session is found as that of the call. */
  @Test
  void theStatementOfTheEndTellsTheServerWhoseItIs() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    assertThat(
            Postgres17.column(
                database,
                "SELECT query FROM pg_stat_activity WHERE state = 'idle in transaction'"
                    + " AND datname = current_database()"))
        .singleElement()
        .asString()
        .startsWith("/* diferido:" + job.id().hex() + " */ UPDATE ");
    connection.commit();
    assertThat(registry.find(job.id())).contains(job.succeeded(RESULT, LATER));
  }

  /** By the script for it, and with a schema whose name has to be quoted. */
  @Test
  void anotherUserOfTheCallsNeedsTheGrantsAndNoSearchPath() throws Exception {
    String quoted = "\"Los \"\"Jobs\"\"\"";
    String user = ((PGSimpleDataSource) database).getDatabaseName() + "_calls";
    Postgres17.execute(database, "CREATE SCHEMA " + quoted, "CREATE USER " + user);
    PGSimpleDataSource owner = as("postgres");
    owner.setCurrentSchema(quoted);
    registry = registryIn(owner);
    Job job = added(running());
    useConnectionTo(as(user));
    assertThat(joins()).as("without the grants").isFalse();

    registry = registryIn(owner);
    Postgres17.execute(
        database,
        Files.readString(Path.of("server-config/postgresql/03-registry.sql"))
            .replace(":\"calls\"", user)
            .replace(":\"registry\"", quoted));
    assertThat(schemasSeen()).isEqualTo("{public}");
    assertThat(joins()).isTrue();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    connection.commit();
    assertThat(registry.find(job.id())).contains(job.succeeded(RESULT, LATER));
  }

  private String schemasSeen() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT current_schemas(false)::text")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private PGSimpleDataSource as(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(((PGSimpleDataSource) database).getURL());
    source.setUser(user);
    return source;
  }

  @Test
  void aUserWhoMayNotEndJobsDoesNotJoinThem() throws SQLException {
    String user = ((PGSimpleDataSource) database).getDatabaseName() + "_reader";
    Postgres17.execute(
        database,
        "CREATE USER " + user,
        "GRANT SELECT ON DIFERIDO_REGISTRY, ASYNC_JOBS TO " + user,
        "GRANT CREATE ON SCHEMA PUBLIC TO " + user);
    useConnectionTo(as(user));
    assertThat(joins()).isFalse();
    assertUsable();
  }
}
