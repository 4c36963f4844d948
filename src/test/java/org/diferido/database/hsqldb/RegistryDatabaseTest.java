package org.diferido.database.hsqldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.argument;
import static org.diferido.job.SampleJobs.call;
import static org.diferido.job.SampleJobs.queued;
import static org.diferido.job.SampleJobs.running;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diferido.database.RecordedDatabaseEvents;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobRegistry;
import org.diferido.job.SampleJobs;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryDatabaseTest {

  private final MemoryDatabase memory = new MemoryDatabase();

  @AfterEach
  void close() {
    memory.close();
  }

  private static JobRegistry registry(Supplier<DataSource> source) {
    return registry(new RegistryDatabase(source, List.of(new HsqldbRegistryDialect())));
  }

  private static JobRegistry registry(RegistryDatabase database) {
    return new JdbcJobRegistry(database, SecretVault.withPassingKey());
  }

  private static FailureCode codeOf(ThrowingCallable use) {
    return catchThrowableOfType(FailureException.class, use).failure().code();
  }

  private static DataSource unreachable() {
    JDBCDataSource source = new JDBCDataSource();
    source.setUrl("jdbc:hsqldb:mem:nobody;ifexists=true");
    return source;
  }

  @Test
  void ofManyFirstUsersOneMigratesAndTheOthersWait() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    JobRegistry registry =
        registry(
            () -> {
              asked.incrementAndGet();
              return memory.source();
            });
    var executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> uses = new ArrayList<>();
      for (int at = 0; at < 8; at++) {
        uses.add(executor.submit(() -> registry.add(queued())));
      }
      for (Future<?> use : uses) {
        use.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(asked).hasValue(1);
    assertThat(registry.queued()).isEqualTo(8);
    assertThat(memory.column("SELECT \"version\" FROM DIFERIDO_SCHEMA_HISTORY"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void aRegistryThatIsNotConfiguredSaysSoUntilItIs() {
    AtomicReference<DataSource> configured = new AtomicReference<>();
    JobRegistry registry =
        registry(
            () -> {
              if (configured.get() == null) {
                throw Failure.of(FailureCode.NOT_CONFIGURED, "registry").toException();
              }
              return configured.get();
            });
    assertThat(codeOf(registry::queued)).isEqualTo(FailureCode.NOT_CONFIGURED);
    configured.set(memory.source());
    assertThat(registry.queued()).isZero();
  }

  @Test
  void aDatabaseThatCannotBeReachedIsTriedAgainAtTheNextUse() {
    AtomicReference<DataSource> reachable = new AtomicReference<>(unreachable());
    JobRegistry registry = registry(reachable::get);
    assertThatThrownBy(registry::queued)
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE))
        .hasRootCauseInstanceOf(Exception.class)
        .hasStackTraceContaining(SQLException.class.getName());
    reachable.set(memory.source());
    assertThat(registry.queued()).isZero();
  }

  @Test
  void aMigrationThatFailedIsTriedAgainAtTheNextUse() {
    memory.execute("CREATE TABLE ASYNC_JOBS (OTHER INTEGER)");
    JobRegistry registry = registry(memory::source);
    assertThat(codeOf(registry::queued)).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
    memory.execute("DROP TABLE ASYNC_JOBS");
    assertThat(registry.queued()).isZero();
  }

  @Test
  void theTablesAreMadeBesideThoseOfOthersAndOnlyOnce() {
    memory.execute("CREATE TABLE CUSTOMERS (ID INTEGER)");
    Job job = queued();
    registry(memory::source).add(job);
    assertThat(registry(memory::source).find(job.id())).contains(job);
  }

  @Test
  void aDatabaseWhoseLanguageNobodySpeaksIsNotConfigured() {
    JobRegistry registry = registry(new RegistryDatabase(memory::source, List.of()));
    assertThat(codeOf(registry::queued)).isEqualTo(FailureCode.NOT_CONFIGURED);
  }

  @Test
  void aDatabaseThatGoesAwayIsUnavailable() {
    MemoryDatabase other = new MemoryDatabase();
    JobRegistry registry = registry(other::source);
    registry.queued();
    other.execute("DROP TABLE ASYNC_JOBS CASCADE");
    Job job = queued();
    assertThat(codeOf(() -> registry.add(job))).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
    assertThat(codeOf(() -> registry.find(job.id()))).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
    assertThat(codeOf(() -> SampleJobs.claim(registry, NODE, 1, NOW)))
        .isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
    other.close();
  }

  @Test
  void aFailedStatementDoesNotTellItsValues() {
    JobRegistry registry = registry(memory::source);
    Job job = queued(call(argument("p", "un-valor-reservado")));
    registry.add(job);
    assertThatThrownBy(() -> registry.add(job))
        .satisfies(
            e -> {
              for (Throwable each = e; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain("un-valor-reservado");
              }
            });
  }

  /** As some pools hand them out. */
  @Test
  void aConnectionThatDoesNotCommitByItselfComesBackAsItWas() throws SQLException {
    try (Connection connection = memory.source().getConnection()) {
      connection.setAutoCommit(false);
      JobRegistry registry = registry(() -> new OneConnection(connection));
      Job job = queued();
      registry.add(job);
      assertThat(connection.getAutoCommit()).isFalse();
      connection.rollback();
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW)).hasSize(1);
      assertThat(connection.getAutoCommit()).isFalse();
      connection.rollback();
      assertThat(memory.column("SELECT STATE FROM ASYNC_JOBS")).containsExactly("running");
      assertThatThrownBy(() -> registry.add(job)).isInstanceOf(FailureException.class);
      assertThat(connection.getAutoCommit()).isFalse();
    }
  }

  @Test
  void aConnectionThatCommitsByItselfComesBackAsItWas() throws SQLException {
    try (Connection connection = memory.source().getConnection()) {
      JobRegistry registry = registry(() -> new OneConnection(connection));
      registry.add(queued());
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW)).hasSize(1);
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  void eachBorrowingIsToldAndEachFailureOnce() {
    RecordedDatabaseEvents events = new RecordedDatabaseEvents();
    JobRegistry registry =
        registry(
            new RegistryDatabase(memory::source, List.of(new HsqldbRegistryDialect()), events));
    Job job = running();
    registry.add(job);
    assertThat(Collections.frequency(events.told, "registry given back"))
        .isPositive()
        .isEqualTo(Collections.frequency(events.told, "registry borrowed"));
    events.told.clear();
    registry.find(job.id());
    assertThat(events.told).containsExactly("registry borrowed", "registry given back");
    events.told.clear();
    assertThat(codeOf(() -> registry.add(job))).isEqualTo(FailureCode.INTERNAL_ERROR);
    assertThat(events.told)
        .containsExactly("registry borrowed", "registry given back", "registry INTERNAL_ERROR");
    RecordedDatabaseEvents away = new RecordedDatabaseEvents();
    JobRegistry nobody =
        registry(
            new RegistryDatabase(
                RegistryDatabaseTest::unreachable, List.of(new HsqldbRegistryDialect()), away));
    assertThat(codeOf(nobody::waiting)).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
    assertThat(away.told).containsExactly("registry not borrowed", "registry REGISTRY_UNAVAILABLE");
  }

  @Test
  void aJobCostsFewStatements() {
    CountingDataSource counting = new CountingDataSource();
    JobRegistry registry = registry(() -> counting.around(memory.source()));
    registry.beat(NODE);
    JobFilter all = new JobFilter(null, Set.of(), null);
    Job job = running();
    assertThat(counting.statementsOf(() -> registry.add(job))).isEqualTo(1);
    assertThat(counting.statementsOf(() -> registry.find(job.id()))).isEqualTo(1);
    assertThat(counting.statementsOf(() -> registry.replace(job, job.succeeded(RESULT, LATER))))
        .isEqualTo(1);
    assertThat(counting.statementsOf(() -> registry.list(all, 10, null))).isEqualTo(1);
    assertThat(counting.statementsOf(() -> registry.list(all, 10, 1L))).isEqualTo(2);
    assertThat(counting.statementsOf(() -> registry.beat(NODE))).isEqualTo(1);
    assertThat(counting.statementsOf(() -> SampleJobs.claim(registry, NODE, 10, NOW))).isEqualTo(1);
    assertThat(counting.statementsOf(() -> registry.expire(NOW, each -> {}))).isEqualTo(1);
    assertThat(counting.statementsOf(registry::waiting)).isEqualTo(1);
    assertThat(counting.statementsOf(() -> registry.orphans(Duration.ofSeconds(30)))).isEqualTo(1);
  }
}
