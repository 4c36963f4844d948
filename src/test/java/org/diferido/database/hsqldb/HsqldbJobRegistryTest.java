package org.diferido.database.hsqldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.job.SampleJobs.CALL;
import static org.diferido.job.SampleJobs.FAILURE;
import static org.diferido.job.SampleJobs.HALF;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.callWithSecret;
import static org.diferido.job.SampleJobs.queued;
import static org.diferido.job.SampleJobs.result;
import static org.diferido.job.SampleJobs.running;
import static org.diferido.job.SampleJobs.succeeded;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.SecretVault;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobRegistryContract;
import org.diferido.job.JobState;
import org.diferido.job.JobTerms;
import org.diferido.job.SampleJobs;
import org.diferido.procedure.ProcedureResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HsqldbJobRegistryTest extends JobRegistryContract {

  private static final JobFilter ALL = new JobFilter(null, Set.of(), null);

  private static MemoryDatabase database;
  private static JobRegistry shared;

  @BeforeAll
  static void open() {
    database = new MemoryDatabase();
    shared = new JdbcJobRegistry(database.registry(), SecretVault.withPassingKey());
    shared.queued();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected JobRegistry emptyRegistry() {
    database.execute("DELETE FROM ASYNC_JOBS", "DELETE FROM DIFERIDO_NODES");
    return shared;
  }

  @Test
  void aListLeavesLongArgumentsOutAndKeepsTheName() {
    JobRegistry registry = emptyRegistry();
    Job job = queued(SampleJobs.call(SampleJobs.argument("p", "x".repeat(20_000))));
    registry.add(job);
    Job listed = registry.list(ALL, 10, null).jobs().get(0);
    assertThat(listed.call().arguments()).isEmpty();
    assertThat(listed.call().spelledName()).isEqualTo(job.call().spelledName());
    assertThat(registry.find(job.id()).orElseThrow().call().arguments()).hasSize(1);
  }

  @Test
  void aRowThatSomebodyBrokeHoldsNobodyUp() {
    JobRegistry registry = emptyRegistry();
    Job broken = queued();
    Job behind = queued();
    registry.add(broken);
    registry.add(behind);
    database.execute("UPDATE ASYNC_JOBS SET PARAMS = '{' WHERE JOB_ID = '" + broken.id() + "'");
    assertThat(registry.list(ALL, 10, null).jobs()).hasSize(2);
    assertThat(SampleJobs.claim(registry, NODE, 10, NOW))
        .extracting(Job::id)
        .containsExactly(broken.id(), behind.id());
    Job shown = registry.find(broken.id()).orElseThrow();
    assertThat(shown.call().spelledName()).isEqualTo("\"?\"");
    assertThat(registry.remove(shown)).isTrue();
  }

  private static String text(String column, Job job) {
    return database
        .column("SELECT " + column + " FROM ASYNC_JOBS WHERE JOB_ID = '" + job.id() + "'")
        .get(0);
  }

  @Test
  void aDbaSeesAJobThatHasEndedInTheColumnsOfTheOrigin() {
    Job job = added(queued());
    SampleJobs.claim(registry, NODE, 1, NOW.plusSeconds(1));
    registry.update(job.id(), each -> each.at(HALF).succeeded(result("v", "ñ"), LATER));
    assertThat(text("STATUS", job)).isEqualTo("completed");
    assertThat(text("PROCEDURE_NAME", job)).isEqualTo("PKG_ETL.PROCESO_LARGO");
    assertThat(text("PARAMS", job))
        .isEqualTo(
            "{\"name\":\"PKG_ETL.PROCESO_LARGO\",\"isFunction\":false,\"params\":["
                + "{\"name\":\"vFECHA\",\"value\":\"2025-12-10\"},"
                + "{\"name\":\"vRESULTADO\",\"direction\":\"OUT\",\"type\":\"number\"}]}");
    assertThat(text("START_TIME", job)).isEqualTo("2025-12-10 14:30:00.123");
    assertThat(text("END_TIME", job)).isEqualTo("2025-12-10 14:35:00.123");
    assertThat(text("DURATION", job)).isEqualTo("5m0s");
    assertThat(text("RESULT", job)).isEqualTo("{\"v\":\"ñ\"}");
    assertThat(text("ERROR_MSG", job)).isNull();
    assertThat(text("PROGRESS", job)).isEqualTo("100");
    assertThat(text("CREATED_AT", job)).isEqualTo("2025-12-10 14:30:00.123");
    assertThat(text("STATE", job)).isEqualTo("succeeded");
    assertThat(text("FETCH_MS", job)).isEqualTo("17");
  }

  @Test
  void aDbaSeesWhyAJobFailedInSpanish() {
    Job job = added(running().at(HALF).failed(Failure.of(FailureCode.OUTCOME_UNKNOWN), LATER));
    assertThat(text("STATUS", job)).isEqualTo("failed");
    assertThat(text("ERROR_MSG", job)).startsWith("Se perdió la conexión");
    assertThat(text("PROGRESS", job)).isEqualTo("50");
    assertThat(text("PROGRESS_DETAIL", job))
        .isEqualTo(
            "{\"source\":\"reported\",\"message\":\"Cargando\",\"done\":5,\"total\":10,"
                + "\"unit\":\"lotes\"}");
    assertThat(text("FAILURE", job)).contains("\"code\":\"OUTCOME_UNKNOWN\"");
  }

  @Test
  void everyColumnHasAComment() {
    assertThat(
            database.column(
                "SELECT TABLE_NAME || '.' || COLUMN_NAME FROM INFORMATION_SCHEMA.SYSTEM_COLUMNS"
                    + " WHERE TABLE_NAME IN ('ASYNC_JOBS', 'DIFERIDO_NODES', 'DIFERIDO_REGISTRY',"
                    + " 'DIFERIDO_PROCEDURES', 'DIFERIDO_REMOVALS', 'DIFERIDO_RESULTS',"
                    + " 'DIFERIDO_RESULT_CHUNKS') AND REMARKS IS NULL"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Europe/Madrid", "Asia/Kolkata", "Pacific/Apia"})
  void timesAreUtcWhateverTheZoneOfTheJvm(String zone) {
    TimeZone usual = TimeZone.getDefault();
    // In New York and in Madrid, 02:30 does not exist on these days.
    List<Instant> times =
        List.of(
            Instant.parse("2025-03-09T02:30:00.250Z"),
            Instant.parse("2025-03-30T02:30:00.250Z"),
            Instant.parse("2025-10-26T01:30:00.250Z"),
            Instant.parse("2025-11-02T05:30:00.250Z"),
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
    assertThat(text("CREATED_AT", jobs.get(1))).isEqualTo("2025-03-30 02:30:00.250");
    registry.beat("node-of-the-usual-zone");
    assertThat(registry.orphans(Duration.ofMinutes(1))).isEmpty();
    assertThat(lastBeat()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  private static Instant lastBeat() {
    String text =
        database
            .column("SELECT LAST_BEAT FROM DIFERIDO_NODES WHERE NODE_ID = '" + NODE + "'")
            .get(0);
    DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
  }

  @Test
  void whatIsFinerThanAMillisecondIsCutOff() {
    Instant fine = Instant.parse("2025-12-10T14:30:00.999999999Z");
    Job job = added(Job.queued(JobId.random(), "ana", CALL, JobTerms.USUAL, fine));
    assertThat(found(job).createdAt()).isEqualTo(Instant.parse("2025-12-10T14:30:00.999Z"));
  }

  @Test
  void aLongResultIsNotLoadedForAList() {
    ProcedureResult shortOne = result("v", "x".repeat(16_384 - "{\"v\":\"\"}".length()));
    Job shortJob = added(succeeded(shortOne));
    Job longJob = added(succeeded(result("v", "x".repeat(16_385 - "{\"v\":\"\"}".length()))));
    List<Job> listed = registry.list(ALL, 10, null).jobs();
    assertThat(((JobState.Succeeded) listed.get(0).state()).result())
        .isEqualTo(ProcedureResult.omitted(Duration.ofMillis(17)));
    assertThat(listed.get(1)).isEqualTo(shortJob);
    assertThat(found(longJob)).isEqualTo(longJob);
    assertThat(registry.remove(listed.get(0))).isTrue();
  }

  @Test
  void aJobWhoseSecretsCannotBeOpenedEndsAndTheNextOnesAreClaimed() {
    Job before = added(queued(callWithSecret("Secr3to")));
    Job other = added(queued());
    JobRegistry restarted = new JdbcJobRegistry(database.registry(), SecretVault.withPassingKey());
    ClaimPolicy.Claimed claimed = restarted.claim(NODE, 1, LATER, ClaimPolicy.ANY);
    assertThat(claimed.jobs()).containsExactly(other.claimedBy(NODE, LATER));
    assertThat(claimed.ended()).extracting(Job::id).containsExactly(before.id());
    assertThat(found(before).state())
        .isEqualTo(before.failed(Failure.of(FailureCode.SECRETS_NOT_KEPT), LATER).state());
    assertThat(text("SEALED_PARAMS", before)).isNull();
  }

  @Test
  void theSealedSecretsAreDroppedWhenTheJobLeavesTheQueue() {
    Job claimed = added(queued(callWithSecret("Secr3to")));
    assertThat(text("SEALED_PARAMS", claimed)).isNotNull();
    assertThat(text("PARAMS", claimed)).contains("***").doesNotContain("Secr3to");
    SampleJobs.claim(registry, NODE, 1, NOW);
    assertThat(text("SEALED_PARAMS", claimed)).isNull();
    Job ended = added(queued(callWithSecret("Secr3to")));
    registry.replace(ended, ended.failed(FAILURE, LATER));
    assertThat(text("SEALED_PARAMS", ended)).isNull();
    assertThat(text("SEALED_PARAMS", added(queued()))).isNull();
    Job atOnce = added(queued(callWithSecret("Secr3to")).claimedBy(NODE, NOW));
    assertThat(text("SEALED_PARAMS", atOnce)).isNull();
  }

  @Test
  void whoWasAliveBeforeThisProcessOpenedTheDatabaseIsNot() {
    registry.beat(NODE);
    Job job = added(running());
    assertThat(registry.orphans(Duration.ofHours(1))).isEmpty();
    JobRegistry restarted = new JdbcJobRegistry(database.registry(), SecretVault.withPassingKey());
    assertThat(restarted.orphans(Duration.ofHours(1))).containsExactly(job);
    restarted.beat(NODE);
    assertThat(restarted.orphans(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void theIndexesAreUsed() {
    String claim =
        new HsqldbRegistryDialect()
            .firstQueued("JOB_ID", "(START_BEFORE IS NULL OR START_BEFORE > :now)", true);
    assertThat(plan(claim.replace(":now", "LOCALTIMESTAMP").replace(":most", "10")))
        .contains("index=ASYNC_JOBS_QUEUE", "uses index");
    assertThat(
            plan(
                "SELECT JOB_ID FROM ASYNC_JOBS WHERE OWNER = 'ana' AND QUEUE_NO < 5"
                    + " ORDER BY OWNER DESC, QUEUE_NO DESC FETCH FIRST 5 ROWS ONLY"))
        .contains("index=ASYNC_JOBS_OWNER", "uses index");
    assertThat(
            plan(
                "SELECT JOB_ID FROM ASYNC_JOBS WHERE 1 = 1 AND QUEUE_NO < 5"
                    + " ORDER BY QUEUE_NO DESC FETCH FIRST 5 ROWS ONLY"))
        .contains("uses index");
  }

  private static String plan(String query) {
    return String.join("\n", database.column("EXPLAIN PLAN FOR " + query));
  }
}
