package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.running;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.diferido.database.registry.JoinedEndsContract;
import org.diferido.database.registry.RegistryDialect;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry.EndWithin;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresJoinedEndsTest extends JoinedEndsContract {

  private static final String NAME_OF_THIS = "SELECT current_setting('application_name')";

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
    String before = Postgres17.column(database, NAME_OF_THIS).get(0);
    assertThat(joins()).isTrue();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    try (Connection another = database.getConnection()) {
      assertThat(PostgresSessions.alive(another, Set.of(job.id().hex())))
          .contains(Set.of(job.id().hex()));
      connection.commit();
      assertThat(PostgresSessions.alive(another, Set.of(job.id().hex()))).contains(Set.of());
    }
    assertThat(registry.find(job.id())).contains(job.succeeded(RESULT, LATER));
    try (Statement statement = connection.createStatement();
        ResultSet name = statement.executeQuery(NAME_OF_THIS)) {
      assertThat(name.next()).isTrue();
      assertThat(name.getString(1)).as("of what comes next in this session").isEqualTo(before);
    }
    connection.commit();
  }

  /** As that of a dead node, before its job is told to be lost. */
  @Test
  void aSessionThatHasWrittenTheEndCanBeEnded() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    try (Connection another = database.getConnection()) {
      assertThat(PostgresSessions.end(another, job.id().hex())).isTrue();
    }
    assertThatThrownBy(() -> connection.commit()).isInstanceOf(SQLException.class);
    assertThat(registry.find(job.id())).contains(job);
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
