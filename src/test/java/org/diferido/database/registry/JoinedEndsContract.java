package org.diferido.database.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.heldBy;
import static org.diferido.job.SampleJobs.running;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.JdbcCallTransaction;
import org.diferido.database.ReusingDataSource;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobRegistry.EndWithin;
import org.diferido.job.JobStatus;
import org.diferido.procedure.CallTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database keeps to in which both the registry and the procedures are. */
public abstract class JoinedEndsContract {

  protected DataSource database;
  protected JobRegistry registry;
  private ReusingDataSource observed;
  protected Connection connection;
  private CallTransaction transaction;

  /** An empty database. */
  protected abstract DataSource newDatabase();

  protected abstract RegistryDialect dialect();

  /** Puts the session into a schema of another name, as a procedure can. */
  protected abstract void moveToAnotherSchema(Connection session) throws SQLException;

  protected final JobRegistry registryIn(DataSource source) {
    return new JdbcJobRegistry(
        new RegistryDatabase(() -> source, List.of(dialect())), SecretVault.withPassingKey());
  }

  @BeforeEach
  void open() throws SQLException {
    database = newDatabase();
    registry = registryIn(database);
    registry.queued();
    useConnectionTo(database);
  }

  protected final void useConnectionTo(DataSource source) throws SQLException {
    close();
    observed = new ReusingDataSource(source);
    Connection used = observed.get().getConnection();
    used.setAutoCommit(false);
    connection = used;
    transaction = (JdbcCallTransaction) () -> used;
  }

  @AfterEach
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }

  protected final boolean joins() {
    return registry.joins(transaction);
  }

  protected final Job added(Job job) {
    registry.add(job);
    return job;
  }

  private JobStatus kept(Job job) {
    return registry.find(job.id()).orElseThrow().status();
  }

  protected final EndWithin endWithin(Job job) {
    return registry.replaceWithin(transaction, job, job.succeeded(RESULT, LATER));
  }

  /** What was done with the connection since it was counted last. */
  private List<String> callsAfter(int before) {
    return observed.calls().subList(before, observed.calls().size());
  }

  private int callsSoFar() {
    return observed.calls().size();
  }

  protected final void assertUsable() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE OTHERS_OWN (ID INTEGER)");
      statement.execute("INSERT INTO OTHERS_OWN VALUES (1)");
      connection.commit();
      try (ResultSet rows = statement.executeQuery("SELECT ID FROM OTHERS_OWN")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void theEndCountsOnceTheCallIsCommitted() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    connection.commit();
    assertThat(registry.find(job.id())).contains(job.succeeded(RESULT, LATER));
  }

  @Test
  void theEndNeverCountsWhenTheCallIsRolledBack() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    connection.rollback();
    assertThat(registry.find(job.id())).contains(job);
  }

  @Test
  void aJobThatSomebodyElseHoldsIsNotEnded() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    assertThat(endWithin(heldBy(job, "node-b", 1))).isEqualTo(EndWithin.NOT_HELD);
    connection.commit();
    assertThat(kept(job)).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void aCallThatChangedItsSchemaEndsAllTheSame() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    moveToAnotherSchema(connection);
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    connection.commit();
    assertThat(registry.find(job.id())).contains(job.succeeded(RESULT, LATER));
  }

  @Test
  void aSessionThatAnEarlierCallLeftInAnotherSchemaIsInTheDatabaseAllTheSame() throws SQLException {
    moveToAnotherSchema(connection);
    connection.commit();
    assertThat(joins()).isTrue();
  }

  @Test
  void oneStatementIsSentAndTheConnectionStaysAsItIs() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    int before = callsSoFar();
    assertThat(endWithin(job)).isEqualTo(EndWithin.WRITTEN);
    assertThat(callsAfter(before))
        .filteredOn(call -> call.contains("Statement"))
        .hasSize(1)
        .first()
        .asString()
        .contains("prepareStatement");
    assertThat(callsAfter(before))
        .noneMatch(
            call ->
                call.contains("setAutoCommit")
                    || call.contains("commit")
                    || call.contains("rollback")
                    || call.contains("close"));
    assertThat(connection.isClosed()).isFalse();
    assertThat(connection.getAutoCommit()).isFalse();
  }

  @Test
  void theConnectionIsAskedOnce() throws SQLException {
    assertThat(joins()).isTrue();
    int before = callsSoFar();
    assertThat(joins()).isTrue();
    assertThat(callsAfter(before)).isEmpty();
    assertUsable();
  }

  @Test
  void aDatabaseWithoutARegistryIsAnotherOneAndItsTransactionIsUsable() throws SQLException {
    useConnectionTo(newDatabase());
    assertThat(joins()).isFalse();
    assertUsable();
    useConnectionTo(database);
    assertThat(joins()).as("remembered").isFalse();
  }

  @Test
  void aDatabaseWithARegistryOfItsOwnIsAnotherOne() throws SQLException {
    DataSource other = newDatabase();
    registryIn(other).queued();
    useConnectionTo(other);
    assertThat(joins()).isFalse();
    assertUsable();
  }

  @Test
  void aConnectionThatIsLostIsNoAnswer() throws SQLException {
    Connection lost = database.getConnection();
    lost.close();
    assertThat(registry.joins((JdbcCallTransaction) () -> lost)).isFalse();
    useConnectionTo(database);
    assertThat(joins()).isTrue();
  }

  @Test
  void aTransactionThatIsStricterThanReadCommittedIsNotJoined() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    assertThat(joins()).isFalse();
    assertUsable();
  }

  @Test
  void aTransactionOfAnotherKindIsNotJoined() {
    assertThat(registry.joins(new CallTransaction() {})).isFalse();
    assertThat(joins()).isTrue();
  }

  @Test
  void anUpdateThatFailsDoesNotPassForAnEnd() throws SQLException {
    Job job = added(running());
    assertThat(joins()).isTrue();
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE ASYNC_JOBS RENAME TO JOBS_OF_BEFORE");
    }
    assertFails(job);
  }

  /** Tells what the database said, where a failed statement may be the end of the transaction. */
  protected void assertFails(Job job) throws SQLException {
    assertThatThrownBy(() -> endWithin(job))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE))
        .hasCauseInstanceOf(SQLException.class);
  }

  @Test
  void ofManyWhoOpenTheRegistryAtOnceAllSeeTheSameOne() throws Exception {
    DataSource fresh = newDatabase();
    Thread[] openers = new Thread[8];
    JobRegistry[] registries = new JobRegistry[openers.length];
    for (int at = 0; at < openers.length; at++) {
      JobRegistry each = registryIn(fresh);
      registries[at] = each;
      openers[at] = new Thread(each::queued);
      openers[at].start();
    }
    for (Thread each : openers) {
      each.join();
    }
    useConnectionTo(fresh);
    for (JobRegistry each : registries) {
      assertThat(each.joins(transaction)).isTrue();
    }
  }
}
