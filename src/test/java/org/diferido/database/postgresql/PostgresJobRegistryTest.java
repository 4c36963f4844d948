package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.diferido.job.SampleJobs.CALL;
import static org.diferido.job.SampleJobs.HALF;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.callWithSecret;
import static org.diferido.job.SampleJobs.queued;
import static org.diferido.job.SampleJobs.result;
import static org.diferido.job.SampleJobs.running;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diferido.database.PooledDataSource;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobRegistryContract;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.SampleJobs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresJobRegistryTest extends JobRegistryContract {

  private static DataSource database;
  private static JobRegistry shared;

  @BeforeAll
  static void open() {
    database = PooledDataSource.over(Postgres17.newDatabase());
    shared = registryIn(database);
    shared.queued();
  }

  private static JobRegistry registryIn(DataSource source) {
    return new JdbcJobRegistry(
        new RegistryDatabase(() -> source, List.of(new PostgresRegistryDialect())),
        SecretVault.withPassingKey());
  }

  @Override
  protected JobRegistry emptyRegistry() {
    Postgres17.execute(database, "DELETE FROM ASYNC_JOBS", "DELETE FROM DIFERIDO_NODES");
    return shared;
  }

  private static String text(String column, Job job) {
    return Postgres17.column(
            database, "SELECT " + column + " FROM ASYNC_JOBS WHERE JOB_ID = '" + job.id() + "'")
        .get(0);
  }

  @Test
  void aDbaSeesAJobThatHasEndedInTheColumnsOfTheOrigin() {
    Job job = added(queued());
    SampleJobs.claim(registry, NODE, 1, NOW.plusSeconds(1));
    registry.update(job.id(), each -> each.at(HALF).succeeded(result("v", "ñ"), LATER));
    assertThat(text("STATUS", job)).isEqualTo("completed");
    assertThat(text("PROCEDURE_NAME", job)).isEqualTo("PKG_ETL.PROCESO_LARGO");
    assertThat(text("START_TIME", job)).isEqualTo("2025-12-10 14:30:00.123");
    assertThat(text("END_TIME", job)).isEqualTo("2025-12-10 14:35:00.123");
    assertThat(text("DURATION", job)).isEqualTo("5m0s");
    assertThat(text("RESULT", job)).isEqualTo("{\"v\":\"ñ\"}");
    assertThat(text("ERROR_MSG", job)).isNull();
    assertThat(text("PROGRESS", job)).isEqualTo("100");
    assertThat(text("CREATED_AT", job)).isEqualTo("2025-12-10 14:30:00.123");
    assertThat(text("STATE", job)).isEqualTo("succeeded");
  }

  @Test
  void everyTableAndEveryColumnHasAComment() {
    assertThat(
            Postgres17.column(
                database,
                "SELECT c.relname || '.' || coalesce(a.attname, '') FROM pg_class c"
                    + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                    + " WHERE c.relname IN ('async_jobs', 'diferido_nodes', 'diferido_registry')"
                    + " AND (col_description(c.oid, a.attnum) IS NULL"
                    + " OR obj_description(c.oid) IS NULL)"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Europe/Madrid", "Asia/Kolkata", "Pacific/Apia"})
  void timesAreUtcWhateverTheZoneOfTheJvm(String zone) {
    TimeZone usual = TimeZone.getDefault();
    List<Instant> times =
        List.of(
            Instant.parse("2025-03-09T02:30:00.250Z"),
            Instant.parse("2025-03-30T02:30:00.250Z"),
            Instant.parse("2025-11-02T06:30:00.250Z"));
    List<Job> jobs = new ArrayList<>();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      for (Instant time : times) {
        jobs.add(added(Job.queued(JobId.random(), "ana", CALL, JobTerms.of(Map.of(), time), time)));
        assertThat(found(jobs.get(jobs.size() - 1)).createdAt()).isEqualTo(time);
      }
      registry.beat(NODE);
      added(running());
      assertThat(registry.orphans(Duration.ofMinutes(1))).isEmpty();
    } finally {
      TimeZone.setDefault(usual);
    }
    jobs.forEach(job -> assertThat(found(job)).isEqualTo(job));
    assertThat(text("CREATED_AT", jobs.get(1))).isEqualTo("2025-03-30 02:30:00.25");
    assertThat(
            Postgres17.column(
                database,
                "SELECT 1 FROM DIFERIDO_NODES WHERE LAST_BEAT BETWEEN"
                    + " (now() AT TIME ZONE 'UTC') - INTERVAL '1 minute'"
                    + " AND (now() AT TIME ZONE 'UTC') + INTERVAL '1 second'"))
        .hasSize(1);
  }

  @Test
  void whatOthersHaveLockedIsPassedOverAndDoesNotUseUpTheLimit() throws SQLException {
    List<Job> jobs = IntStream.range(0, 5).mapToObj(at -> added(queued())).toList();
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM ASYNC_JOBS ORDER BY QUEUE_NO LIMIT 3 FOR UPDATE");
      assertThat(SampleJobs.claim(registry, NODE, 2, NOW))
          .extracting(Job::id)
          .containsExactly(jobs.get(3).id(), jobs.get(4).id());
      other.rollback();
    }
    assertThat(SampleJobs.claim(registry, NODE, 9, NOW)).hasSize(3);
  }

  @Test
  void aKeyThatIsTooLongForItsIndexIsAboutTheData() {
    StringBuilder owner = new StringBuilder();
    new Random(1).ints(9_000, 'a', 'z').forEach(owner::appendCodePoint);
    Job job = queued(owner.toString());
    assertThat(codeOf(() -> registry.add(job))).isEqualTo(FailureCode.INTERNAL_ERROR);
  }

  private static FailureCode codeOf(ThrowingCallable use) {
    return catchThrowableOfType(FailureException.class, use).failure().code();
  }

  @Test
  void aNulInWhatIsToldToPeopleIsNoReasonNotToKeepIt() {
    Failure failure = Failure.ofDatabase(FailureCode.PROCEDURE_RAISED, "P0001", "a\0b");
    Job job = added(running().withLog(List.of("c\0d")).failed(failure, LATER));
    assertThat(found(job).log()).containsExactly("c\uFFFDd");
    assertThat(text("ERROR_MSG", job)).contains("a\uFFFDb");
    assertThat(found(job).state().failed()).contains(failure);
  }

  @Test
  void theSealedSecretsAreDroppedWhenTheJobLeavesTheQueue() {
    Job claimed = added(queued(callWithSecret("Secr3to")));
    assertThat(text("SEALED_PARAMS", claimed)).isNotNull();
    SampleJobs.claim(registry, NODE, 1, NOW);
    assertThat(text("SEALED_PARAMS", claimed)).isNull();
  }

  @Test
  void theIndexesAreUsed() {
    String claim =
        new PostgresRegistryDialect()
            .firstQueued("JOB_ID", "(START_BEFORE IS NULL OR START_BEFORE > :now)", true)
            .replace(":now", "LOCALTIMESTAMP")
            .replace(":most", "10");
    assertThat(plan(claim)).contains("async_jobs_queue").doesNotContain("Sort");
    assertThat(
            plan(
                "SELECT JOB_ID FROM ASYNC_JOBS WHERE OWNER = 'ana' AND QUEUE_NO < 5"
                    + " ORDER BY OWNER DESC, QUEUE_NO DESC FETCH FIRST 5 ROWS ONLY"))
        .contains("Index Scan Backward using async_jobs_owner")
        .doesNotContain("Sort");
    assertThat(plan("SELECT JOB_ID FROM ASYNC_JOBS WHERE JOB_ID = CAST('a' AS VARCHAR)"))
        .contains("async_jobs_pk");
  }

  /**
   * Of a table that is empty any plan is as good; without sequential scans it shows what it can.
   */
  private static String plan(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_bitmapscan = off");
      try (var rows = statement.executeQuery("EXPLAIN " + query)) {
        StringBuilder plan = new StringBuilder();
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
        return plan.toString();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eightNodesThatStartAtOnceMakeOneRegistry() throws Exception {
    DataSource fresh = Postgres17.newDatabase();
    atOnce(
        8,
        () -> {
          registryIn(fresh).add(queued());
          return true;
        });
    assertThat(Postgres17.column(fresh, "SELECT REGISTRY_ID FROM DIFERIDO_REGISTRY"))
        .singleElement()
        .asString()
        .matches("[0-9a-f]{32}");
    assertThat(registryIn(fresh).queued()).isEqualTo(8);
    assertThat(
            Postgres17.column(
                fresh, "SELECT version FROM diferido_schema_history WHERE type = 'SQL'"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
  }

  /** As some pools hand them out; PostgreSQL, unlike HSQLDB, refuses a commit out of place. */
  @Test
  void connectionsThatDoNotCommitByThemselvesAreUsedAsWell() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
    }
    Job job = added(queued());
    assertThat(SampleJobs.claim(registry, NODE, 1, NOW)).containsExactly(job.claimedBy(NODE, NOW));
    assertThat(registry.expire(NOW, each -> {})).isZero();
    assertThat(found(job).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void theTablesAreMadeBesideThoseOfOthers() {
    DataSource fresh = Postgres17.newDatabase();
    Postgres17.execute(fresh, "CREATE TABLE CUSTOMERS (ID INTEGER)");
    Job job = queued();
    registryIn(fresh).add(job);
    assertThat(registryIn(fresh).find(job.id())).contains(job);
  }
}
