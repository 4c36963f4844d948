package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP contract, black-box, on one running service. */
class ServiceIT {

  private static final String RFC_3339 = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client ana;
  private static Client diego;
  private static Client bruno;
  private static Client clara;

  @BeforeAll
  static void start() throws Exception {
    service =
        ServiceProcess.demo(
            folder,
            Map.of(
                "diferido.demo.seconds", "3",
                "diferido.queue.capacity", "1000",
                "diferido.cors.origins", "https://app.example.com",
                "diferido.audit.file", "" + folder.resolve("audit.jsonl"),
                "diferido.access", "procedure-caller=PKG_*,PROC_*;job-operator=*"));
    ana = service.as("ana.gomez");
    diego = service.as("diego.ruiz");
    bruno = service.as("bruno.diaz");
    clara = service.as("clara.paz");
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void theOriginsOwnExampleWorksToTheLetter() {
    Client.Answer answer = ana.submit(Calls.SEED);
    assertThat(answer.status()).isEqualTo(202);
    JsonObject accepted = answer.json();
    String id = accepted.getString("job_id");
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(accepted)
        .isEqualTo(
            Json.createObjectBuilder()
                .add("status", "accepted")
                .add("job_id", id)
                .add("message", "Procedimiento ejecutándose en segundo plano")
                .add("check_status_url", "/jobs/" + id)
                .build());
    assertThat(answer.header("location")).endsWith("/jobs/" + id);
    assertThat(answer.header("retry-after")).matches("\\d+");

    List<Integer> seen = new ArrayList<>();
    JsonObject done = null;
    while (done == null) {
      Client.Answer look = ana.get("/jobs/" + id);
      JsonObject job = look.json();
      seen.add(job.getInt("progress"));
      if (job.getString("status").equals("running")) {
        assertThat(job.getString("procedure_name")).isEqualTo("PKG_ETL.PROCESO_LARGO");
        assertThat(job.getString("start_time")).matches(RFC_3339);
        assertThat(job).doesNotContainKeys("result", "end_time", "duration", "error");
        assertThat(look.header("retry-after")).matches("\\d+");
      } else {
        done = job;
      }
    }
    assertThat(new HashSet<>(seen)).hasSizeGreaterThan(5);
    assertThat(seen).isSorted();
    assertThat(done.getString("status")).isEqualTo("completed");
    assertThat(done.getInt("progress")).isEqualTo(100);
    assertThat(done.getString("end_time")).matches(RFC_3339);
    assertThat(done.getString("duration")).matches("\\d+(\\.\\d+)?s");
    assertThat(done.getJsonObject("result").toString()).isEqualTo("{\"vRESULTADO\":12500}");
    assertThat(done).doesNotContainKey("error");
    assertThat(done.getString("state")).isEqualTo("succeeded");
    assertThat(done.getString("owner")).isEqualTo("ana.gomez");
    assertThat(done.getJsonObject("timing").getInt("queued_ms")).isLessThan(1000);
  }

  @Test
  void aRunningJobTellsWhatTheProcedureReports() {
    String id = ana.accepted(Calls.SEED);
    JsonObject detail =
        org.awaitility.Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> ana.job(id),
                job -> job.getInt("progress") > 0 && job.containsKey("progress_detail"))
            .getJsonObject("progress_detail");
    assertThat(detail.getString("source")).isEqualTo("reported");
    assertThat(detail.getString("message")).contains("de 50");
    assertThat(detail.getInt("total")).isEqualTo(50);
    assertThat(detail.getString("unit")).isEqualTo("lotes");
    ana.ended(id);
  }

  @Test
  void twoHundredSubmitsFromTwentyClientsAtOnceAllCompleteAndNoneIsLost() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(20);
    try {
      List<Callable<String>> submits =
          IntStream.range(0, 200)
              .<Callable<String>>mapToObj(i -> () -> diego.accepted(Calls.echo("nº " + i)))
              .toList();
      List<Future<String>> ids = clients.invokeAll(submits);
      Set<String> different = new HashSet<>();
      for (int i = 0; i < ids.size(); i++) {
        JsonObject job = diego.ended(ids.get(i).get());
        assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
        assertThat(job.getJsonObject("result").getString("p_output"))
            .isEqualTo("Procesado: nº " + i);
        different.add(job.getString("id"));
      }
      assertThat(different).hasSize(200);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void whatTheProcedureRaisesIsTheErrorWithItsOwnCodeAndNoStack() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PROC_TEST_ERROR","params":[{"name":"p_should_fail","value":1}]}"""));
    assertThat(job.getString("status")).isEqualTo("failed");
    assertThat(job.getString("error")).isEqualTo("ORA-20001: Error intencional de prueba");
    assertThat(job).doesNotContainKey("result");
    JsonObject detail = job.getJsonObject("error_detail");
    assertThat(detail.getString("code")).isEqualTo("ORA-20001");
    assertThat(detail.getString("category")).isEqualTo("procedure");
    assertThat(detail.getBoolean("retryable")).isFalse();
  }

  @Test
  void namesThatAreNotInTheSignatureAreBoundInOrder() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"proc_test","params":[{"name":"x","value":"a"},{"name":"y","direction":"out"}]}"""));
    assertThat(job.getJsonObject("result").getString("y")).isEqualTo("Procesado: a");
    assertThat(job.getString("procedure_name")).isEqualTo("proc_test");
  }

  @Test
  void aFunctionsValueGoesToTheFirstOutOrToReturnValue() {
    JsonObject named =
        bruno.ended(
            bruno.accepted(
                """
                {"name":"SUMA","isFunction":true,"params":[{"name":"total","direction":"OUT"},
                {"name":"a","value":"0.1"},{"name":"b","value":0.2}]}"""));
    assertThat(named.getJsonObject("result").toString()).isEqualTo("{\"total\":0.3}");
    JsonObject unnamed =
        bruno.ended(
            bruno.accepted(
                """
                {"name":"SUMA","params":[{"name":"a","value":1},{"name":"b","value":2}]}"""));
    assertThat(unnamed.getJsonObject("result").toString()).isEqualTo("{\"return_value\":3}");
  }

  @Test
  void numbersAreExactAndCanBeHadAsText() {
    String id =
        ana.accepted(
            """
            {"name":"PROC_TEST_INOUT","params":[
            {"name":"p_valor","value":1234567890123456789012345.5,"direction":"IN OUT"},
            {"name":"p_factor","value":10}]}""");
    assertThat(ana.ended(id).getJsonObject("result").toString())
        .isEqualTo("{\"p_valor\":12345678901234567890123455}");
    assertThat(ana.get("/jobs/" + id + "?numbers=string").json().getJsonObject("result"))
        .hasToString("{\"p_valor\":\"12345678901234567890123455\"}");
  }

  @Test
  void rowsComeBackWithTheirCountAndSayWhenThereAreMore() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PKG_REPORTES.GENERAR_MENSUAL","params":[{"name":"vMES","value":2},
                {"name":"vANIO","value":2025},{"name":"vTOTAL_REGISTROS","direction":"OUT"}]}"""));
    JsonObject rows = job.getJsonObject("result").getJsonObject("result_set_1");
    assertThat(rows.getJsonArray("rows")).hasSize(1000);
    assertThat(rows.getInt("row_count"))
        .isEqualTo(job.getJsonObject("result").getInt("vTOTAL_REGISTROS"))
        .isGreaterThan(1000);
    assertThat(rows.getBoolean("truncated")).isTrue();
  }

  @Test
  void secretValuesAreMaskedWhateverTheParameterIsCalledInTheRequest() throws Exception {
    for (String name : List.of("p_clave", "y")) {
      String first = name.equals("y") ? "x" : "p_usuario";
      JsonObject job =
          ana.ended(
              ana.accepted(
                  """
                  {"name":"PROC_TEST_CLAVE","params":[{"name":"%s","value":"ana"},
                  {"name":"%s","value":"muy-s3creta"},{"name":"%s","direction":"OUT"}]}"""
                      .formatted(first, name, name.equals("y") ? "z" : "p_ok")));
      assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
      assertThat(job.getJsonArray("params").getJsonObject(1).getString("value")).isEqualTo("***");
      assertThat(job.toString()).doesNotContain("muy-s3creta");
    }
    assertThat(service.log()).doesNotContain("muy-s3creta");
  }

  @Test
  void aValueThatComesOutUnderASecretNameIsMaskedToo() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PROC_TEST","params":[{"name":"x","value":"abierto"},
                {"name":"mi_token","direction":"OUT"}]}"""));
    assertThat(job.getJsonObject("result")).hasToString("{\"mi_token\":\"***\"}");
  }

  @Test
  void aRunningCallDoesNotShowItsSecretsEither() {
    String id =
        ana.accepted(
            """
            {"name":"PROC_TEST_DEMORA","params":[{"name":"mi_clave","value":2}]}""");
    JsonObject running = ana.job(id);
    assertThat(running.getString("state")).isEqualTo("running");
    assertThat(running.getJsonArray("params").getJsonObject(0).getString("value")).isEqualTo("***");
    ana.ended(id);
  }

  @Test
  void demoModeAnswersOnlyToTheNameOfThisMachine() throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), service.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /demo/tokens HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403").contains("NOT_FROM_HERE");
    }
  }

  @Test
  void aCallCanBeCheckedWithoutBeingRun() {
    int before = bruno.get("/jobs?limit=1").json().getInt("total");
    Client.Answer valid =
        ana.send(
            "POST",
            "/procedure/async?validate_only=true",
            Calls.SEED,
            "Content-Type",
            "application/json");
    assertThat(valid.status()).as(valid.text()).isEqualTo(200);
    assertThat(valid.json().getString("procedure")).isEqualTo("PKG_ETL.PROCESO_LARGO");
    assertThat(valid.json().getJsonArray("params")).hasSize(2);
    ana.send(
            "POST",
            "/procedure/async?validate_only=true",
            "{\"name\":\"PROC_TEST\"}",
            "Content-Type",
            "application/json")
        .problem(422);
    Client.Answer ofShort =
        ana.send(
            "POST",
            "/procedure?validate_only=true",
            Calls.SEED,
            "Content-Type",
            "application/json");
    assertThat(ofShort.status()).as(ofShort.text()).isEqualTo(200);
    assertThat(ofShort.json()).isEqualTo(valid.json());
    assertThat(bruno.get("/jobs?limit=1").json().getInt("total")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/procedure/async", "/procedure"})
  void aMisspeltWishToCheckOnlyRunsNothing(String path) {
    int before = bruno.get("/jobs?limit=1").json().getInt("total");
    for (String query : List.of("validateOnly=true", "validate_only=1", "validate_only=")) {
      JsonObject problem =
          ana.send("POST", path + "?" + query, Calls.SEED, "Content-Type", "application/json")
              .problem(400);
      assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
          .isEqualTo("?" + query.substring(0, query.indexOf('=')));
    }
    assertThat(bruno.get("/jobs?limit=1").json().getInt("total")).isEqualTo(before);
  }

  @Test
  void whatIsNotOfferedIsRefusedRatherThanPassedOver() {
    ana.submit("{\"name\":\"PROC_TEST\",\"callback_url\":\"https://example.com\"}").problem(422);
    ana.get("/jobs?color=rojo").problem(400);
    ana.get("/jobs?limit=1&limit=2").problem(400);
    ana.delete("/jobs?status=failed&limit=3").problem(400);
    ana.delete("/jobs?older_than=7&older_than=0").problem(400);
    ana.send("POST", "/procedure/async", "{}", "Content-Type", "application/json;charset=utf-16")
        .problem(415);
  }

  @Test
  void aJobNobodyStartedInTimeExpiresAndNeverRuns() {
    List<String> blockers =
        IntStream.range(0, 10).mapToObj(i -> bruno.accepted(Calls.sleeping("4"))).toList();
    String late =
        bruno.accepted(
            """
            {"name":"PROC_TEST","params":[{"name":"p_input","value":"tarde"}],"start_before":"%s"}"""
                .formatted(Instant.now().plusSeconds(1)));
    JsonObject job = bruno.ended(late);
    assertThat(job.getString("state")).isEqualTo("expired");
    assertThat(job).doesNotContainKeys("started_at", "result");
    blockers.forEach(bruno::ended);
    bruno
        .submit(
            """
            {"name":"PROC_TEST","params":[{"name":"p_input","value":"x"}],"start_before":"2001-01-01T00:00:00Z"}""")
        .problem(422);
  }

  @Test
  void whoHasAJobAsItIsIsToldSoUntilItChanges() {
    String id = ana.accepted(Calls.sleeping("600"));
    String path = "/jobs/" + id;
    org.awaitility.Awaitility.await().until(() -> ana.job(id).getString("state").equals("running"));
    Client.Answer running = ana.get(path);
    assertThat(running.header("Cache-Control")).contains("private").contains("no-cache");
    // An estimate may change in between, and is then another answer.
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> {
              String tag = ana.get(path).header("ETag");
              Client.Answer same = ana.get(path, "If-None-Match", "\"otra\", " + tag);
              assertThat(same.status()).isEqualTo(304);
              assertThat(same.text()).isEmpty();
              assertThat(same.header("ETag")).isEqualTo(tag);
              assertThat(same.header("Retry-After")).isNotEmpty();
            });
    assertThat(bruno.post(path + "/cancel").status()).isEqualTo(202);
    ana.ended(id);
    Client.Answer ended = ana.get(path, "If-None-Match", running.header("ETag"));
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.json().getString("state")).isEqualTo("cancelled");
    assertThat(ana.get(path, "If-None-Match", ended.header("ETag")).status()).isEqualTo(304);
    Client.Answer english =
        ana.get(path, "If-None-Match", ended.header("ETag"), "Accept-Language", "en");
    assertThat(english.status()).as("another language is another answer").isEqualTo(200);
    assertThat(ana.get(path, "If-None-Match", "abc", "If-Match", "\"x\"").status()).isEqualTo(200);
    diego.get(path, "If-None-Match", ended.header("ETag")).problem(404);
    assertThat(ana.delete(path).status()).isEqualTo(200);
    ana.get(path, "If-None-Match", ended.header("ETag")).problem(404);
  }

  @Test
  void ownersOperatorsAndAuditorsEachSeeAndRemoveWhatTheyMay() {
    String id = ana.accepted(Calls.echo("mío"));
    ana.ended(id);
    diego.get("/jobs/" + id).problem(404);
    diego.delete("/jobs/" + id).problem(404);
    assertThat(diego.get("/jobs?limit=1000").text()).doesNotContain(id);
    for (Client sees : List.of(bruno, clara)) {
      assertThat(sees.job(id).getString("owner")).isEqualTo("ana.gomez");
      assertThat(sees.get("/jobs?limit=1000").text()).contains(id);
    }
    clara.submit(Calls.SEED).problem(403);
    clara.delete("/jobs/" + id).problem(403);
    clara.delete("/jobs?status=completed").problem(403);
    assertThat(bruno.delete("/jobs/" + id).json())
        .hasToString("{\"message\":\"Job eliminado correctamente\",\"job_id\":\"" + id + "\"}");
    ana.get("/jobs/" + id).problem(404);
  }

  @ParameterizedTest
  @CsvSource({"GET, /ping, 200", "GET, /jobs, 401", "GET, /nowhere, 404", "PUT, /ping, 405"})
  void everyAnswerHasTheHeadersOfTheEdge(String method, String path, int status) {
    Client.Answer answer = service.client(null).send(method, path, null);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.header("content-security-policy")).contains("default-src 'none'");
    assertThat(answer.header("strict-transport-security")).as("without TLS").isEmpty();
    assertThat(answer.header("x-powered-by")).isEmpty();
  }

  @Test
  void pagesOfListedOriginsMayAskAndNoOthers() {
    String listed = "https://app.example.com";
    Client.Answer preflight =
        service
            .client(null)
            .send(
                "OPTIONS",
                "/procedure/async",
                null,
                "Origin",
                listed,
                "Access-Control-Request-Method",
                "POST");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin")).isEqualTo(listed);
    assertThat(preflight.header("access-control-allow-headers")).contains("Authorization");
    assertThat(preflight.header("access-control-allow-credentials")).isEmpty();
    Client.Answer answer = ana.get("/jobs", "Origin", listed);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(listed);
    assertThat(answer.header("access-control-expose-headers")).contains("Location");
    assertThat(ana.get("/openapi", "Origin", listed).http().headers().allValues("vary"))
        .contains("Origin", "Accept");
    for (String other : List.of("https://evil.example", "null", listed + ".evil.example")) {
      assertThat(ana.get("/jobs", "Origin", other).header("access-control-allow-origin"))
          .as(other)
          .isEmpty();
    }
  }

  @Test
  void whoDidWhatIsInTheAuditLogWithoutValues() throws Exception {
    String id = ana.accepted(Calls.echo("nobody's business"));
    ana.ended(id);
    diego.delete("/jobs/" + id);
    bruno.delete("/jobs/" + id);
    service.client("forged").get("/jobs");
    String log = Files.readString(folder.resolve("audit.jsonl"));
    List<JsonObject> lines =
        log.lines().map(ServiceIT::parsed).filter(line -> line.toString().contains(id)).toList();
    assertThat(lines)
        .extracting(
            line ->
                List.of(
                    line.getString("caller"),
                    line.getString("action"),
                    line.getString("outcome"),
                    line.getInt("status")))
        .containsExactly(
            List.of("ana.gomez", "submit", "done", 202),
            List.of("diego.ruiz", "remove", "refused", 404),
            List.of("bruno.diaz", "remove", "done", 200));
    assertThat(lines.get(0).getString("procedure")).isEqualTo("PROC_TEST");
    assertThat(lines.get(0).getString("address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(log).contains("\"action\":\"enter\"").doesNotContain("nobody's business", "forged");
  }

  private static JsonObject parsed(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Test
  void whatIsNotGrantedIsRefused() {
    // Granted to operators by *, to callers not at all.
    String hidden =
        """
        {"name":"SUMA","params":[{"name":"a","value":2},{"name":"b","value":3}]}""";
    assertThat(ana.submit(hidden).problem(403).getString("code"))
        .isEqualTo("PROCEDURE_NOT_GRANTED");
    assertThat(bruno.ended(bruno.accepted(hidden)).getJsonObject("result"))
        .hasToString("{\"return_value\":5}");
  }

  @Test
  void aRunningJobIsNotForgottenByADeleteButCancelledAndThenRemoved() {
    String id = ana.accepted(Calls.sleeping("600"));
    assertThat(ana.delete("/jobs?status=running,pending").json().getInt("deleted")).isZero();
    Client.Answer deleting = ana.delete("/jobs/" + id);
    assertThat(deleting.status()).isEqualTo(202);
    assertThat(deleting.json().getString("job_id")).isEqualTo(id);
    await().atMost(Duration.ofSeconds(30)).until(() -> ana.get("/jobs/" + id).status() == 404);
  }

  @Test
  void aCancelReachesTheDatabaseAndTheJobSaysWhoAskedAndWhatEndedIt() {
    String id = ana.accepted(Calls.sleeping("600"));
    await().until(() -> ana.job(id).getString("state").equals("running"));
    Client.Answer answer = ana.post("/jobs/" + id + "/cancel");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().getString("status")).isEqualTo("running");
    assertThat(answer.json().getString("state")).isEqualTo("cancelling");
    JsonObject job = ana.ended(id);
    assertThat(job.getString("status")).isEqualTo("failed");
    assertThat(job.getString("state")).isEqualTo("cancelled");
    assertThat(job.getString("error")).contains("canceló");
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("CANCELLED");
    assertThat(job.getJsonObject("stop").getString("by")).isEqualTo("ana.gomez");
    assertThat(job.getJsonObject("stop").getString("ended_by")).isEqualTo("statement");
    assertThat(ana.post("/jobs/" + id + "/cancel").problem(409).getString("code"))
        .isEqualTo("JOB_ENDED");
    diego.post("/jobs/" + id + "/cancel").problem(404);
    clara.post("/jobs/" + id + "/cancel").problem(403);
  }

  @Test
  void aCallThatTakesLongerThanItMayIsTimedOut() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PROC_TEST_DEMORA","params":[{"name":"segundos","value":600}],"timeout_seconds":1}"""));
    assertThat(job.getString("state")).as(job.toString()).isEqualTo("timed_out");
    assertThat(job.getInt("timeout_seconds")).isEqualTo(1);
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("TIMED_OUT");
  }

  @Test
  void theSameKeyIsTheSameJob() {
    String body = Calls.echo("una vez");
    Client.Answer first = ana.submit(body, "Idempotency-Key", "clave-1");
    Client.Answer again = ana.submit(body.replace(",", " , "), "Idempotency-Key", "clave-1");
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header("idempotency-replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(
            ana.submit(Calls.echo("otra"), "Idempotency-Key", "clave-1")
                .problem(422)
                .getString("code"))
        .isEqualTo("KEY_REUSED");
    ana.submit(body, "Idempotency-Key", "x".repeat(256)).problem(400);
    assertThat(diego.submit(body, "Idempotency-Key", "clave-1").json()).isNotEqualTo(first.json());
  }

  @Test
  void anEndedJobIsMadeAgainOnRequest() {
    String id =
        ana.accepted(
            """
            {"name":"PROC_TEST_ERROR","params":[{"name":"p_should_fail","value":1}]}""");
    ana.ended(id);
    Client.Answer answer = ana.post("/jobs/" + id + "/retry", "Idempotency-Key", "otra-vez");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    String again = answer.json().getString("job_id");
    assertThat(again).isNotEqualTo(id);
    assertThat(ana.ended(again).getString("retry_of")).isEqualTo(id);
    assertThat(
            ana.post("/jobs/" + id + "/retry", "Idempotency-Key", "otra-vez")
                .json()
                .getString("job_id"))
        .isEqualTo(again);
    diego.post("/jobs/" + id + "/retry").problem(404);
  }

  @Test
  void manyAreRemovedByFiltersThatAllHaveToHold() {
    String done = diego.accepted(Calls.echo("borrar"));
    diego.ended(done);
    assertThat(diego.delete("/jobs?status=completed&older_than=1").json().getInt("deleted"))
        .isZero();
    assertThat(diego.get("/jobs/" + done).status()).isEqualTo(200);
    Client.Answer deleted = diego.delete("/jobs?status=completed,failed&older_than=0");
    assertThat(deleted.json().getString("message")).isEqualTo("Jobs eliminados correctamente");
    diego.get("/jobs/" + done).problem(404);
    diego.delete("/jobs").problem(400);
    assertThat(diego.delete("/jobs?older_than=ayer").problem(400).toString())
        .contains("?older_than");
  }

  @Test
  void theListIsPagedByALinkThatLosesAndDoublesNothing() {
    List<String> mine = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      mine.add(0, bruno.accepted(Calls.echo("p" + i)));
    }
    assertThat(bruno.get("/jobs?limit=3").next()).startsWith("/jobs?limit=3&cursor=");
    List<String> listed = bruno.listed("/jobs?limit=3");
    assertThat(listed).doesNotHaveDuplicates().containsSubsequence(mine);
    ana.get("/jobs?cursor=algo").problem(400);
    ana.get("/jobs?limit=0").problem(400);
    ana.get("/jobs?limit=1001").problem(400);
    ana.get("/jobs?status=acabado").problem(400);
  }

  @Test
  void everyTextForPeopleIsSpanishUnlessEnglishIsPreferred() {
    assertThat(
            ana.submit(Calls.echo("x"), "Accept-Language", "en-GB,es;q=0.5")
                .json()
                .getString("message"))
        .isEqualTo("Procedure running in the background");
    assertThat(
            ana.submit(Calls.echo("x"), "Accept-Language", "fr, es-AR;q=0.9")
                .json()
                .getString("message"))
        .isEqualTo("Procedimiento ejecutándose en segundo plano");
    assertThat(ana.get("/jobs/0", "Accept-Language", "en").problem(404).getString("title"))
        .isEqualTo("Job not found");
    Client nobody = service.client(null);
    assertThat(nobody.get("/jobs").problem(401).getString("title"))
        .isEqualTo("Identificación requerida");
    assertThat(
            service
                .client("x.y.z")
                .get("/jobs", "Accept-Language", "en")
                .problem(401)
                .getString("title"))
        .isEqualTo("Authentication required");
  }

  @Test
  void everyArgumentAtFaultIsNamedWithItsPlace() {
    JsonObject problem =
        ana.submit(
                """
                {"name":"PROC_TEST_PARAMS","params":[{"name":"p_number","value":"mucho"},
                {"name":"p_date","value":"31/02/2025"},
                {"name":"p_result","direction":"SIDEWAYS"}]}""")
            .problem(422);
    assertThat(problem.getJsonArray("errors").toString())
        .contains("/params/0/value", "/params/1/value", "/params/2/direction", "P_VARCHAR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"name\":",
        "400 | ''",
        "400 | [1]",
        "400 | null",
        "400 | {\"name\":\"\"}",
        "400 | {}",
        "400 | {\"name\":7}",
        "400 | {\"name\":\"A\",\"params\":{}}",
        "400 | {\"name\":\"PROC_TEST(1); DROP TABLE ASYNC_JOBS; --\"}",
        "400 | {\"name\":\"A.B.C.D\"}",
        "400 | {\"name\":\"PROC_TEST\"} {}",
        "400 | {\"name\":\"PROC_TEST\",\"params\":[{\"name\":\"p_output\",\"direction\":\"OUT\",\"value\":100e2147483647}]}",
        "400 | {\"name\":\"PROC_TEST\",\"params\":[{\"name\":\"p_output\",\"value\":[[1e-2147483647]]}]}",
        "404 | {\"name\":\"PKG_ETL.NO_EXISTE\",\"params\":[]}",
        "404 | {\"name\":\"\\\"proc_test\\\"\"}",
        "400 | {\"name\":\"PROC_TEST\",\"timeout_seconds\":0}",
        "422 | {\"name\":\"PROC_TEST\",\"params\":[{\"name\":\"p_input\"},{\"name\":\"otro\"}]}",
        "422 | {\"name\":\"PROC_TEST\",\"isFunction\":true,\"params\":[{\"name\":\"p_input\"}]}",
        "400 | {\"name\":\"PROC_TEST_DEMORA\",\"params\":[{\"name\":\"segundos\",\"value\":1e999999999}]}",
        "422 | {\"name\":\"PROC_TEST_DEMORA\",\"params\":[{\"name\":\"segundos\",\"value\":1e999}]}",
      })
  void aBadRequestIsRefusedBeforeAnythingIsAccepted(int status, String body) {
    int before = bruno.get("/jobs?limit=1&status=failed").json().getInt("total");
    ana.submit(body == null ? "" : body).problem(status);
    assertThat(bruno.get("/jobs?limit=1&status=failed").json().getInt("total")).isEqualTo(before);
  }

  @Test
  void aBodyOverTheLimitIs413AndOneOfAnotherTypeIs415() {
    ana.submit("{\"name\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}").problem(413);
    ana.send("POST", "/procedure/async", "name=x", "Content-Type", "text/plain").problem(415);
    ana.send("POST", "/procedure/async", null).problem(400);
    ana.send("POST", "/procedure/async", "{}", "Content-Type", "garbage").problem(400);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /jobs, 405",
    "POST, /jobs, 405",
    "PATCH, /procedure/async, 405",
    "TRACE, /jobs, 405",
    "FOO, /jobs, 405",
    "GET, /nowhere/at/all, 404",
    "GET, /, 404",
    "GET, /WEB-INF/web.xml, 404",
    "GET, /WEB-INF/error-page, 404",
    "GET, /application.wadl, 404",
    "GET, /jobs/00000000000000000000000000000000, 404",
    "GET, /jobs/..%2f..%2fetc, 404",
    "GET, /jobs/..%2fhealth, 404",
    "GET, /jobs/%00, 404",
    "GET, /jobs/%ff%fe, 404"
  })
  void whatIsNotThereIsToldInTheOneForm(String method, String path, int status) {
    Client.Answer answer = ana.send(method, path, null);
    answer.problem(status);
    if (status == 405) {
      assertThat(answer.header("allow")).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs", "/ping", "/nowhere", "/health/ready", "/demo/tokens"})
  void aTokenThatIsNotOursIsRefusedEverywhere(String path) {
    String token = ana.token();
    String[] parts = token.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    String tampered = parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length());
    for (String bad : List.of("x.y.z", none + "." + parts[1] + ".", tampered)) {
      Client.Answer answer = service.client(bad).get(path);
      answer.problem(401);
      assertThat(answer.header("www-authenticate")).startsWith("Bearer");
    }
  }

  /** Over which Payara would read in a signature. */
  @ParameterizedTest
  @ValueSource(strings = {"!", "=", "~", "."})
  void aTokenWithACharacterThatTokensHaveNotIsRefused(String mark) {
    String token = ana.token();
    for (String bad :
        List.of(
            token + mark, new StringBuilder(token).insert(token.length() - 9, mark).toString())) {
      for (String path : List.of("/jobs", "/ping", "/nowhere", "/events", "/jobs/0/events")) {
        service.client(bad).get(path).problem(401);
      }
    }
  }

  @Test
  void whoHasNoTokenGetsNoFurtherThanPingAndHealth() {
    Client nobody = service.client(null);
    assertThat(nobody.get("/ping").json()).hasToString("{\"status\":\"ok\"}");
    assertThat(nobody.get("/health/live").status()).isEqualTo(200);
    assertThat(nobody.get("/health/ready").status()).isEqualTo(200);
    for (Client.Answer answer :
        List.of(nobody.submit(Calls.SEED), nobody.get("/jobs"), nobody.delete("/jobs/0"))) {
      answer.problem(401);
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void demoModeListensOnLoopbackOnly() throws Exception {
    var others =
        java.net.NetworkInterface.networkInterfaces()
            .flatMap(java.net.NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (var address : others) {
      try (java.net.Socket socket = new java.net.Socket()) {
        var target = new java.net.InetSocketAddress(address, service.port());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> socket.connect(target, 1000))
            .isInstanceOf(java.io.IOException.class);
      }
    }
  }
}
