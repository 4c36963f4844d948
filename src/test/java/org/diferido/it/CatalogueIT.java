package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may run, black-box, with the demo's procedures. */
class CatalogueIT {

  /** Statistics are written every half minute. */
  private static final Duration WRITTEN = Duration.ofSeconds(75);

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client ana;
  private static Client bruno;
  private static Client clara;

  @BeforeAll
  static void start() throws Exception {
    service =
        ServiceProcess.demo(
            folder,
            Map.of(
                "diferido.access", "procedure-caller=PKG_*,PROC_*;job-operator=*",
                "diferido.timeout", "PKG_ETL.*=PT2H",
                "diferido.timeout.max", "PKG_*=PT1H",
                "diferido.priority", "PKG_ETL.*=2",
                "diferido.idempotent", "PKG_REPORTES.*=3"));
    ana = service.as("ana.gomez");
    bruno = service.as("bruno.diaz");
    clara = service.as("clara.paz");
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  private static List<JsonObject> lines(Client client, String path) {
    Client.Answer answer = client.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().getJsonArray("procedures").getValuesAs(JsonObject.class);
  }

  private static List<String> names(Client client, String path) {
    return lines(client, path).stream().map(line -> line.getString("name")).toList();
  }

  private static JsonObject found(Client client, String name) {
    Client.Answer answer = client.get("/procedures/" + name);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void aCallerSeesWhatItMayRunAndNothingElse() {
    assertThat(names(ana, "/procedures"))
        .contains("PKG_ETL.PROCESO_LARGO", "PKG_REPORTES.GENERAR_MENSUAL", "PROC_TEST")
        .doesNotContain("SUMA")
        .doesNotHaveDuplicates();
    assertThat(names(bruno, "/procedures")).contains("SUMA", "PROC_TEST");
    assertThat(names(ana, "/procedures?q=proc_test_dml"))
        .containsExactly("PROC_TEST_DML", "PROC_TEST_DML_ERROR", "PROC_TEST_DML_FILAS");
    assertThat(names(ana, "/procedures?q=SUMA")).isEmpty();
    JsonObject suma = lines(bruno, "/procedures?q=suma").get(0);
    assertThat(suma.getString("kind")).isEqualTo("function");
    assertThat(suma.getString("schema")).isEqualTo("PUBLIC");
    assertThat(suma.getString("full_name")).isEqualTo("PUBLIC.SUMA");
    assertThat(lines(ana, "/procedures?q=sobrecarga").get(0).getInt("overloads")).isEqualTo(2);
  }

  @Test
  void whoMayRunNothingSeesAnEmptyListAndWhoIsNobodySeesNone() {
    assertThat(names(clara, "/procedures")).isEmpty();
    clara.get("/procedures/PROC_TEST").problem(404);
    service.client(null).get("/procedures").problem(401);
    service.client(null).get("/procedures/PROC_TEST").problem(401);
  }

  @Test
  void whatIsNotGrantedAnswersAsWhatIsNotThere() {
    JsonObject hidden = ana.get("/procedures/SUMA").problem(404);
    JsonObject none = ana.get("/procedures/NADA").problem(404);
    assertThat(hidden.getString("code")).isEqualTo("PROCEDURE_NOT_FOUND");
    assertThat(hidden.getString("error").replace("SUMA", "NADA"))
        .isEqualTo(none.getString("error"));
    assertThat(found(bruno, "SUMA").getString("kind")).isEqualTo("function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "PROC_TEST(1)", "A.B.C.D", "%22", "..%2fjobs", "PROC_TEST/x"})
  void whatIsNoNameIsNotThere(String name) {
    ana.get("/procedures/" + name).problem(404);
  }

  @Test
  void aProcedureTellsAllThatACallOfItNeeds() {
    JsonObject procedure = found(ana, "pkg_etl.proceso_largo");
    assertThat(procedure.getString("full_name")).isEqualTo("PKG_ETL.PROCESO_LARGO");
    JsonObject overload = procedure.getJsonArray("overloads").getJsonObject(0);
    assertThat(overload.getString("signature"))
        .isEqualTo("PKG_ETL.PROCESO_LARGO(VFECHA IN DATE, VRESULTADO OUT NUMBER)");
    assertThat(overload.getJsonArray("params").getJsonObject(1).getString("direction"))
        .isEqualTo("OUT");
    assertThat(overload.getJsonObject("request_schema").getString("$schema"))
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(overload.getJsonObject("example"))
        .hasToString(
            "{\"name\":\"pkg_etl.proceso_largo\",\"params\":["
                + "{\"name\":\"VFECHA\",\"value\":\"2025-12-10\"},"
                + "{\"name\":\"VRESULTADO\",\"direction\":\"OUT\"}]}");
    assertThat(found(ana, "PROC_TEST_CLAVE").toString())
        .contains(
            "{\"name\":\"P_CLAVE\",\"direction\":\"IN\",\"type\":\"VARCHAR(100)\",\"optional\":false,\"secret\":true}");
    assertThat(found(ana, "PROC_TEST_SOBRECARGA").getJsonArray("overloads")).hasSize(2);
  }

  @Test
  void theRulesAreThoseOfACallOfToday() {
    assertThat(found(ana, "PKG_ETL.PROCESO_LARGO").getJsonObject("rules"))
        .hasToString(
            "{\"priority\":2,\"attempts\":1,\"timeout_seconds\":3600,\"timeout_max_seconds\":3600}");
    assertThat(found(ana, "PKG_REPORTES.GENERAR_MENSUAL").getJsonObject("rules").getInt("attempts"))
        .isEqualTo(3);
    assertThat(found(ana, "PROC_TEST").getJsonObject("rules"))
        .hasToString("{\"priority\":5,\"attempts\":1}");
  }

  @Test
  void everyProcedureThatIsListedIsFoundAndTheServiceTakesItsExample() {
    List<String> all = names(bruno, "/procedures?limit=1000");
    assertThat(all).hasSizeGreaterThanOrEqualTo(15);
    for (JsonObject line : lines(bruno, "/procedures?limit=1000")) {
      Client.Answer answer = bruno.get(line.getJsonObject("links").getString("self"));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      List<JsonObject> overloads =
          answer.json().getJsonArray("overloads").getValuesAs(JsonObject.class);
      assertThat(overloads).hasSize(line.getInt("overloads"));
      for (JsonObject overload : overloads) {
        assertThat(overload.getBoolean("callable")).isTrue();
        Client.Answer checked =
            bruno.send(
                "POST",
                "/procedure/async?validate_only=true",
                overload.getJsonObject("example").toString(),
                "Content-Type",
                "application/json");
        assertThat(checked.status()).as(checked.text()).isEqualTo(200);
      }
    }
  }

  @Test
  void thePagesTogetherHaveEveryNameOnce() {
    List<String> paged = new ArrayList<>();
    String path = "/procedures?limit=4&q=" + "proc";
    while (path != null) {
      Client.Answer page = bruno.get(path);
      assertThat(page.json().getJsonArray("procedures").size()).isBetween(1, 4);
      page.json()
          .getJsonArray("procedures")
          .getValuesAs(JsonObject.class)
          .forEach(line -> paged.add(line.getString("name")));
      path = page.next();
    }
    assertThat(paged).isEqualTo(names(bruno, "/procedures?q=proc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "cursor=algo", "q=x", "color=rojo", "q=aa&q=bb"})
  void whatCannotBeReadIsNamed(String query) {
    JsonObject problem = ana.get("/procedures?" + query).problem(400);
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("?" + query.substring(0, query.indexOf('=')));
  }

  @Test
  void whoHasItAsItIsIsToldSo() {
    for (String path :
        List.of("/procedures?q=mensual", "/procedures/PKG_REPORTES.GENERAR_MENSUAL")) {
      Client.Answer answer = ana.get(path);
      assertThat(answer.header("Cache-Control")).contains("private").contains("no-cache");
      String tag = answer.header("ETag");
      assertThat(tag).isNotBlank();
      Client.Answer same = ana.get(path, "If-None-Match", tag);
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.text()).isEmpty();
      assertThat(ana.get(path, "If-None-Match", "\"otra\"").status()).isEqualTo(200);
    }
  }

  @Test
  void howEarlierRunsWentIsToldWithinAMinuteOrSo() {
    for (int at = 0; at < 3; at++) {
      ana.ended(
          ana.accepted(
              """
              {"name":"PROC_TEST_ERROR","params":[{"name":"p_should_fail","value":%d}]}"""
                  .formatted(at == 0 ? 1 : 0)));
    }
    JsonObject statistics =
        await("the statistics")
            .atMost(WRITTEN)
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> found(ana, "PROC_TEST_ERROR").getJsonObject("statistics"),
                seen -> seen.getInt("runs") == 3);
    assertThat(statistics.getInt("succeeded")).isEqualTo(2);
    assertThat(statistics.getInt("failed")).isEqualTo(1);
    assertThat(statistics.get("success_rate")).hasToString("0.6667");
    assertThat(statistics.getInt("p50_ms")).isPositive();
    assertThat(statistics.getInt("p95_ms")).isGreaterThanOrEqualTo(statistics.getInt("p50_ms"));
    assertThat(lines(ana, "/procedures?q=proc_test_error").get(0).getJsonObject("statistics"))
        .isEqualTo(statistics);
  }
}
