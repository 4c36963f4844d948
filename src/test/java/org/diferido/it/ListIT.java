package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of jobs, and what is done to all that match, black-box. */
class ListIT {

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
                "diferido.audit.file",
                "" + folder.resolve("audit.jsonl"),
                "diferido.access",
                "procedure-caller=PKG_*,PROC_*;job-operator=*"));
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

  private static String labelled(String call, String name, String value) {
    return call.strip().replaceFirst("^\\{", "{\"labels\":{\"%s\":\"%s\"},".formatted(name, value));
  }

  private static String failing(String label) {
    return labelled(
        "{\"name\":\"PROC_TEST_ERROR\",\"params\":[{\"name\":\"p_should_fail\",\"value\":1}]}",
        "prueba",
        label);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonObject answer, String array, String member) {
    return answer.getJsonArray(array).getValuesAs(JsonObject.class).stream()
        .map(each -> each.getString(member))
        .toList();
  }

  @Test
  void everyFilterNarrowsTheListAndTheyAllHaveToHold() {
    Instant before = Instant.now();
    String echo = ana.accepted(labelled(Calls.echo("hola"), "filtro", "uno%"));
    String other = ana.accepted(labelled(Calls.echo("hola"), "filtro", "uno1"));
    ana.ended(echo);
    ana.ended(other);
    String mine = "/jobs?label=" + encoded("filtro=uno%");
    assertThat(ana.listed(mine)).containsExactly(echo);
    assertThat(ana.listed("/jobs?label=filtro")).containsExactly(other, echo);
    assertThat(ana.listed(mine + "&label=otra")).isEmpty();
    assertThat(ana.listed(mine + "&procedure=proc_*")).containsExactly(echo);
    assertThat(ana.listed(mine + "&procedure=public.PROC_TEST")).containsExactly(echo);
    assertThat(ana.listed(mine + "&procedure=procXtest")).isEmpty();
    assertThat(ana.listed(mine + "&state=succeeded,failed&status=completed")).containsExactly(echo);
    assertThat(ana.listed(mine + "&state=failed&status=completed")).isEmpty();
    assertThat(ana.listed(mine + "&created_after=" + before.minusSeconds(60)))
        .containsExactly(echo);
    assertThat(ana.listed(mine + "&created_before=" + before.minusSeconds(60))).isEmpty();
    assertThat(ana.listed("/jobs?q=" + encoded("UNO%"))).containsExactly(echo);
    assertThat(ana.listed("/jobs?q=" + echo.substring(0, 12))).containsExactly(echo);
    assertThat(ana.listed("/jobs?owner=ana.gomez&label=filtro")).containsExactly(other, echo);
    JsonObject page = ana.get("/jobs?label=filtro&limit=1").json();
    assertThat(page.getInt("total")).isEqualTo(2);
    assertThat(page).containsOnlyKeys("total", "jobs");
  }

  @Test
  void somebodyElsesJobsAreNotThereForACallerAndAreForAnOperatorAndAnAuditor() {
    String id = ana.accepted(labelled(Calls.echo("x"), "ajeno", "sí"));
    JsonObject none = diego.get("/jobs?owner=ana.gomez").json();
    assertThat(none.toString()).isEqualTo("{\"total\":0,\"jobs\":[]}");
    assertThat(diego.listed("/jobs?label=ajeno")).isEmpty();
    assertThat(diego.delete("/jobs?owner=ana.gomez").json().getInt("deleted")).isZero();
    assertThat(diego.post("/jobs/cancel?owner=ana.gomez").json().getInt("matched")).isZero();
    assertThat(diego.post("/jobs/retry?owner=ana.gomez").json().getInt("matched")).isZero();
    for (Client sees : List.of(bruno, clara)) {
      assertThat(sees.listed("/jobs?owner=ana.gomez&label=ajeno")).containsExactly(id);
      assertThat(sees.listed("/jobs?owner=diego.ruiz&label=ajeno")).isEmpty();
    }
  }

  @Test
  void theNextPageHasTheSameFilters() {
    List<String> mine = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      mine.add(0, ana.accepted(labelled(Calls.echo("x"), "página & más", "p=" + 7)));
      ana.accepted(Calls.echo("otro"));
    }
    String path =
        "/jobs?limit=2&label=" + encoded("página & más=p=7") + "&label=" + encoded("página & más");
    assertThat(ana.get(path).next()).contains("cursor=").contains("limit=2");
    assertThat(ana.listed(path)).isEqualTo(mine);
  }

  @Test
  void whatIsNotKnownIsNamedAndNothingIsPassedOver() {
    JsonObject problem = ana.get("/jobs?estado=x&limit=3&Owner=a").problem(400);
    assertThat(problem.getString("code")).isEqualTo("INVALID_REQUEST");
    assertThat(ids(problem, "errors", "pointer")).containsExactly("?Owner", "?estado");
    JsonObject english = ana.get("/jobs?estado=x", "Accept-Language", "en").problem(400);
    assertThat(english.getString("detail")).contains("does not know estado");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=completed",
        "procedure=a;b",
        "owner=",
        "label==x",
        "created_after=ayer",
        "created_before=2025-12-10",
        "q=x",
        "q=%00%00",
        "state=queued&state=failed"
      })
  void whatCannotBeReadIsRefusedByEveryOperationWithItsName(String filter) {
    String name = "?" + filter.substring(0, filter.indexOf('='));
    for (JsonObject problem :
        List.of(
            ana.get("/jobs?" + filter).problem(400),
            ana.delete("/jobs?" + filter).problem(400),
            ana.post("/jobs/cancel?" + filter).problem(400),
            ana.post("/jobs/retry?" + filter).problem(400))) {
      assertThat(ids(problem, "errors", "pointer")).containsExactly(name);
    }
  }

  @Test
  void whoGivesNoFilterMeansNothing() {
    for (String path : List.of("/jobs/cancel", "/jobs/cancel?limit=5", "/jobs/retry?limit=5")) {
      assertThat(ana.post(path).problem(400).getString("detail")).contains("label");
    }
    ana.delete("/jobs").problem(400);
    for (String path : List.of("/jobs/cancel?q=xx", "/jobs/retry?q=xx")) {
      clara.post(path).problem(403);
      service.client(null).post(path).problem(401);
    }
  }

  @Test
  void allThatMatchAreCancelledAndNobodyElses() throws Exception {
    String body = labelled(Calls.sleeping("600"), "parar", "ya");
    List<String> mine = IntStream.range(0, 12).mapToObj(at -> ana.accepted(body)).toList();
    String others = diego.accepted(body);
    await().until(() -> ana.listed("/jobs?label=parar&state=running").size() >= 8);
    Client.Answer answer = ana.post("/jobs/cancel?" + "label=parar&state=queued,running");
    JsonObject done = answer.json();
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(done.getString("message")).isEqualTo("Cancelación de jobs pedida");
    assertThat(done.getInt("matched")).isEqualTo(12);
    assertThat(done.getInt("cancelled") + done.getInt("cancelling")).isEqualTo(12);
    assertThat(done.getInt("cancelled")).isPositive();
    assertThat(done).doesNotContainKey("more");
    mine.forEach(id -> assertThat(ana.ended(id).getString("state")).isEqualTo("cancelled"));
    assertThat(diego.job(others).getString("status")).isIn("running", "pending");
    Client.Answer again = ana.post("/jobs/cancel?label=parar");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().getInt("matched")).isZero();
    assertThat(bruno.post("/jobs/cancel?owner=diego.ruiz&label=parar").json().getInt("matched"))
        .isEqualTo(1);
    diego.ended(others);
    JsonObject line = audited("cancelMatching", "label=parar&state=queued,running");
    assertThat(line.getString("caller")).isEqualTo("ana.gomez");
    assertThat(line.getInt("count")).isEqualTo(12);
    assertThat(line.getString("outcome")).isEqualTo("done");
  }

  @Test
  void ofVeryManySoManyAreDoneAndTheAnswerSaysThatThereAreMore() {
    String body = labelled(Calls.sleeping("600"), "pocos", "a la vez");
    List<String> mine = IntStream.range(0, 3).mapToObj(at -> diego.accepted(body)).toList();
    JsonObject first = diego.post("/jobs/cancel?label=pocos&limit=2").json();
    assertThat(first.getInt("matched")).isEqualTo(2);
    assertThat(first.getBoolean("more")).isTrue();
    JsonObject second = diego.post("/jobs/cancel?label=pocos&limit=2").json();
    assertThat(second.getInt("matched")).isEqualTo(1);
    assertThat(second).doesNotContainKey("more");
    mine.forEach(diego::ended);
    for (int at = 0; at < 3; at++) {
      diego.ended(diego.accepted(failing("por páginas")));
    }
    String path = "/jobs/retry?limit=2&label=" + encoded("prueba=por páginas");
    Client.Answer page = diego.post(path);
    assertThat(page.json().getInt("retried")).isEqualTo(2);
    assertThat(page.json().getBoolean("more")).isTrue();
    Client.Answer rest = diego.post(page.next());
    assertThat(rest.json().getInt("retried")).isEqualTo(1);
    assertThat(rest.json()).doesNotContainKey("more");
  }

  @Test
  void allThatFailedAreMadeAgainOnceHoweverOftenThatIsAskedFor() throws Exception {
    List<String> failed = new ArrayList<>();
    for (int at = 0; at < 3; at++) {
      failed.add(ana.accepted(failing("repetir")));
      ana.ended(failed.get(at));
    }
    String path = "/jobs/retry?label=prueba%3Drepetir&status=failed";
    Client.Answer answer = ana.post(path, "Idempotency-Key", "todas");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    JsonObject done = answer.json();
    assertThat(done.getInt("matched")).isEqualTo(3);
    assertThat(done.getInt("retried")).isEqualTo(3);
    assertThat(ids(done, "jobs", "retry_of")).isEqualTo(failed);
    List<String> again = ids(done, "jobs", "job_id");
    for (int at = 0; at < 3; at++) {
      assertThat(ana.ended(again.get(at)).getString("retry_of")).isEqualTo(failed.get(at));
    }
    JsonObject sentAgain = ana.post(path, "Idempotency-Key", "todas").json();
    assertThat(ids(sentAgain, "jobs", "job_id")).isEqualTo(again);
    assertThat(ids(sentAgain, "skipped_jobs", "job_id")).containsExactlyInAnyOrderElementsOf(again);
    assertThat(ids(sentAgain, "skipped_jobs", "code")).containsOnly("JOB_RETRIED");
    assertThat(ana.listed("/jobs?label=prueba%3Drepetir")).hasSize(6);
    JsonObject line = audited("retryMatching", "label=prueba=repetir&status=failed");
    assertThat(line.getInt("count")).isEqualTo(3);
  }

  @Test
  void whatSucceededIsMadeAgainOnlyByItsName() {
    String id = diego.accepted(labelled(Calls.echo("x"), "hecho", "bien"));
    diego.ended(id);
    assertThat(diego.post("/jobs/retry?label=hecho").json().getInt("matched")).isZero();
    assertThat(diego.post("/jobs/retry?label=hecho&status=completed").json().getInt("matched"))
        .isZero();
    JsonObject named = diego.post("/jobs/retry?label=hecho&state=succeeded").json();
    assertThat(ids(named, "jobs", "retry_of")).containsExactly(id);
  }

  @Test
  void whatIsGrantedNoLongerIsSkippedWithItsReason() {
    String id =
        bruno.accepted(
            labelled(
                "{\"name\":\"PROC_TEST_CLAVE\",\"params\":[{\"name\":\"p_usuario\",\"value\":\"a\"},"
                    + "{\"name\":\"p_clave\",\"value\":\"s3creta\"}]}",
                "secreta",
                "sí"));
    bruno.ended(id);
    JsonObject done = bruno.post("/jobs/retry?label=secreta&state=succeeded").json();
    assertThat(done.getInt("retried")).isZero();
    JsonObject skipped = done.getJsonArray("skipped_jobs").getJsonObject(0);
    assertThat(skipped.getString("job_id")).isEqualTo(id);
    assertThat(skipped.getString("code")).isEqualTo("SECRETS_FORGOTTEN");
    assertThat(skipped.getString("error")).contains("no se guardan");
  }

  @Test
  void onlyWhatMatchesIsRemoved() throws Exception {
    String gone = ana.accepted(labelled(Calls.echo("x"), "borrar", "esto_"));
    String stays = ana.accepted(labelled(Calls.echo("x"), "borrar", "estoX"));
    String others = diego.accepted(labelled(Calls.echo("x"), "borrar", "esto_"));
    ana.ended(gone);
    ana.ended(stays);
    diego.ended(others);
    String path = "/jobs?label=" + encoded("borrar=esto_") + "&procedure=PROC_TEST";
    assertThat(ana.delete(path).json().getInt("deleted")).isEqualTo(1);
    ana.get("/jobs/" + gone).problem(404);
    assertThat(ana.get("/jobs/" + stays).status()).isEqualTo(200);
    assertThat(diego.get("/jobs/" + others).status()).isEqualTo(200);
    assertThat(audited("removeEnded", "label=borrar=esto_&procedure=PROC_TEST").getInt("count"))
        .isEqualTo(1);
    assertThat(bruno.delete("/jobs?q=" + encoded("esto_")).json().getInt("deleted")).isEqualTo(1);
    diego.get("/jobs/" + others).problem(404);
    assertThat(ana.get("/jobs/" + stays).status()).isEqualTo(200);
  }

  @Test
  void theseWordsAreNoJobs() {
    for (String path : List.of("/jobs/cancel", "/jobs/retry")) {
      Client.Answer answer = ana.get(path);
      assertThat(answer.status()).isIn(404, 405);
      answer.problem(answer.status());
    }
  }

  private static JsonObject audited(String action, String filter) throws Exception {
    return Files.readAllLines(folder.resolve("audit.jsonl")).stream()
        .map(ListIT::parsed)
        .filter(line -> line.getString("action").equals(action))
        .filter(line -> line.getString("filter", "").equals(filter))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject parsed(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }
}
