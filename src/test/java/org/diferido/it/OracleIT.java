package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.session.Engine.CommitFate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service with Oracle's own driver in the pools of the server's script for Oracle, for the
 * calls and for the jobs, against the double of Oracle, which is not there when the service starts.
 */
class OracleIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static OracleService service;
  private static Client ana;
  private static Client.Answer readyBefore;
  private static Client.Answer submittedBefore;
  private static Client.Answer listedBefore;

  @BeforeAll
  static void theServiceStartsBeforeItsDatabase() throws Exception {
    service = OracleService.withoutDatabase(folder, ServiceProcess.built());
    ana = service.caller();
    readyBefore = ana.get("/health/ready");
    submittedBefore = ana.submit(Calls.SEED);
    listedBefore = ana.get("/jobs");
    service.startDatabase();
    awaitReady();
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @AfterEach
  void nothingWasUnknownToTheDatabaseAndThePasswordWasKept() throws Exception {
    assertThat(service.database().unknown()).isEmpty();
    assertThat(service.log())
        .doesNotContain(OracleService.PASSWORD)
        .doesNotContainPattern("Boot Command .* returned with result (WARNING|FAILURE)");
  }

  private static void awaitReady() {
    await("readiness")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ana.get("/health/ready").status()).isEqualTo(200));
  }

  @Test
  void withoutADatabaseItStartsAndIsNotReady() throws Exception {
    assertThat(readyBefore.status()).as(readyBefore.text()).isEqualTo(503);
    assertThat(readyBefore.text())
        .contains(
            "\"security\":\"ok\"",
            "no connection to the database of the procedures",
            "no connection to the job registry");
    assertThat(submittedBefore.problem(503).getString("code")).isEqualTo("DATABASE_UNAVAILABLE");
    assertThat(listedBefore.problem(503).getString("code")).isEqualTo("REGISTRY_UNAVAILABLE");
    assertThat(service.log()).contains("ORA-12541");
  }

  @Test
  void theOriginsOwnExampleRunsAndItsEndIsWrittenInItsTransaction() throws Exception {
    Client.Answer accepted = ana.submit(Calls.SEED);
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    JsonObject job = ana.ended(accepted.json().getString("job_id"));
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    assertThat(job.getInt("progress")).isEqualTo(100);
    assertThat(job.getJsonObject("result")).hasToString("{\"vRESULTADO\":12500}");
    assertThat(service.log()).contains("a job's end is written in the transaction of its call");
  }

  @Test
  void whileItRunsTheJobShowsWhatTheProcedureReports() throws Exception {
    BigDecimal before = service.procedures().seconds.getAndSet(new BigDecimal(4));
    try {
      String id = ana.accepted(Calls.SEED);
      JsonObject job =
          await("progress of job " + id)
              .atMost(SOON)
              .pollInterval(Duration.ofMillis(100))
              .until(() -> ana.job(id), each -> each.getInt("progress") > 0);
      assertThat(job.getString("status")).isEqualTo("running");
      assertThat(job.getInt("progress")).isBetween(1, 99);
      JsonObject detail = job.getJsonObject("progress_detail");
      assertThat(detail.getString("source")).isEqualTo("longops");
      assertThat(detail.getString("message")).matches("Lote \\d+ de 50: \\d+ registros");
      assertThat(detail.getInt("done")).isEqualTo(job.getInt("progress") / 2);
      assertThat(detail.getInt("total")).isEqualTo(50);
      assertThat(detail.getString("unit")).isEqualTo("lotes");
      assertThat(ana.ended(id).getString("status")).isEqualTo("completed");
    } finally {
      service.procedures().seconds.set(before);
    }
  }

  @Test
  void whatTheProcedureRaisesIsToldWithoutItsStackAndWithoutTheDriversAdvice() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PROC_TEST_ERROR","params":[{"name":"p_should_fail","value":1}]}"""));
    assertThat(job.getString("status")).isEqualTo("failed");
    assertThat(job.getString("state")).isEqualTo("failed");
    assertThat(job.getString("error")).isEqualTo("ORA-20001: Error intencional de prueba");
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("ORA-20001");
    assertThat(job.toString()).doesNotContain("ORA-06512", "docs.oracle.com", "\"result\"");
  }

  @Test
  void theRowsOfACursorComeBackAsFarAsTheyAreKeptAndAreAllCounted() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PKG_REPORTES.GENERAR_MENSUAL","params":[
                  {"name":"vMES","value":2},{"name":"vANIO","value":2025},
                  {"name":"vTOTAL_REGISTROS","direction":"OUT"},
                  {"name":"vVENTAS","direction":"OUT","type":"cursor"}]}"""));
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    JsonObject result = job.getJsonObject("result");
    assertThat(result.getInt("vTOTAL_REGISTROS")).isEqualTo(3360);
    JsonObject sales = result.getJsonObject("vVENTAS");
    assertThat(sales.getInt("row_count")).isEqualTo(3360);
    assertThat(sales.getBoolean("truncated")).isTrue();
    assertThat(sales.getJsonArray("rows")).hasSize(1000);
    assertThat(sales.getJsonArray("rows").get(0))
        .hasToString(
            "{\"FECHA\":\"2025-02-01T00:00:00\",\"REGION\":\"Andalucía\","
                + "\"PRODUCTO\":\"Aceite de oliva\",\"UNIDADES\":3,\"IMPORTE\":23.85,"
                + "\"DEVUELTO\":null}");
  }

  @Test
  void whatTheProcedureWroteIsTheLogOfTheJob() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PROC_TEST_LOG","params":[{"name":"p_falla","value":1}]}"""));
    assertThat(job.getString("status")).isEqualTo("failed");
    assertThat(job.getJsonArray("log"))
        .hasToString("[\"empieza\",\"línea con ñ € 😀\",\"termina\"]");
  }

  @Test
  void aJobWhoseSessionDiesIsLostAndTheNextOneHasAnotherSession() {
    OracleDouble database = service.database();
    String doomed = ana.accepted(Calls.sleeping("600"));
    await().atMost(SOON).until(() -> service.isAtWorkOn(doomed));
    int sid = service.sessionOf(doomed).sid();

    assertThat(database.killSession(doomed)).isOne();

    assertLost(ana.ended(doomed));
    String next = ana.accepted(Calls.echo("ñandú €"));
    assertEchoed("ñandú €", ana.ended(next));
    assertThat(service.sessionOf(next).sid()).isNotEqualTo(sid);
  }

  @Test
  void aDatabaseThatEndsAllSessionsIsFoundAgain() {
    String doomed = ana.accepted(Calls.sleeping("600"));
    await().atMost(SOON).until(() -> service.isAtWorkOn(doomed));

    service.database().killSessions();

    assertLost(ana.ended(doomed));
    awaitReady();
    assertEchoed("otra vez", ana.ended(ana.accepted(Calls.echo("otra vez"))));
  }

  @Test
  void whenTheAnswerToTheCommitIsLostTheJobIsCompletedAllTheSame() {
    JsonObject job = sumWhoseCommit(CommitFate.DIES_AFTER);
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    assertThat(job.getJsonObject("result")).hasToString("{\"return_value\":42}");
  }

  @Test
  void whenTheCommitIsLostTheJobWasRolledBack() {
    JsonObject job = sumWhoseCommit(CommitFate.DIES_BEFORE);
    assertThat(job.getString("state")).as(job.toString()).isEqualTo("failed");
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("ROLLED_BACK");
  }

  private static JsonObject sumWhoseCommit(CommitFate fate) {
    AtomicInteger commits = new AtomicInteger();
    service
        .database()
        .onCommit(
            session -> {
              if (!"SUMA".equals(session.attribute("MODULE"))) {
                return CommitFate.COMMITS;
              }
              commits.incrementAndGet();
              return fate;
            });
    try {
      JsonObject job =
          ana.ended(
              ana.accepted(
                  """
                  {"name":"SUMA","isFunction":true,"params":[
                    {"name":"a","value":40},{"name":"b","value":2}]}"""));
      assertThat(commits).as("commits of calls of SUMA").hasValue(1);
      return job;
    } finally {
      service.database().onCommit(session -> CommitFate.COMMITS);
    }
  }

  private static void assertLost(JsonObject job) {
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("failed");
    assertThat(job.getString("state")).isEqualTo("lost");
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(job.getString("error")).contains("no se sabe si el procedimiento terminó");
  }

  private static void assertEchoed(String text, JsonObject job) {
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    assertThat(job.getJsonObject("result").getString("p_output")).isEqualTo("Procesado: " + text);
  }
}
