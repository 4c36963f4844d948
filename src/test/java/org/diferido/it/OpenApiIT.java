package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is served and what {@code /openapi} says of it are the same: each answer is held to the
 * document, and each status, parameter and member that the document tells of is seen.
 */
class OpenApiIT {

  /** What only a broken service answers; ReadinessIT and others see it, in the same form. */
  private static final Pattern ONLY_WHEN_BROKEN = Pattern.compile(" 50[03]( |$)");

  /** What the demo's procedures, two nodes' fates and ten thousand jobs would be needed for. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "#/components/schemas/Job/history",
          "#/components/schemas/Job/log",
          "#/components/schemas/Job/not_before",
          "#/components/schemas/JobList/total_is",
          "#/components/schemas/JobSummary/total_is",
          "#/components/schemas/JobSummary/bins_from",
          "#/components/schemas/ManyRetried/stopped_by",
          "#/components/schemas/Procedure/package",
          // From another machine than this.
          "GET /ui/config 403",
          "GET /ui/config 403 application/problem+json",
          "GET /demo/tokens 403",
          "GET /demo/tokens 403 application/problem+json");

  private static final String ERROR =
      "{\"name\":\"PROC_TEST_ERROR\",\"params\":[{\"name\":\"p_should_fail\",\"value\":1}]}";
  private static final String FUNCTION =
      """
      {"name":"SUMA","schema":"PUBLIC","isFunction":true,
       "params":[{"name":"a","value":1,"direction":"IN","type":"number"},{"name":"b","value":2}],
       "labels":{"cierre":"2025-12"},"timeout_seconds":60,"start_before":"2999-12-31T00:00:00Z"}""";
  private static final String REPORT =
      """
      {"name":"PKG_REPORTES.GENERAR_MENSUAL","params":[{"name":"vMES","value":2},
       {"name":"vANIO","value":2025}]}""";

  @TempDir static Path folder;
  @TempDir static Path demoFolder;
  private static ServiceProcess service;
  private static ServiceProcess demo;
  private static Issuer issuer;
  private static ApiDocument document;
  private static Asking ana;
  private static Asking operator;
  private static Asking auditor;
  private static Asking nobody;
  private static Asking stranger;

  /** A client each of whose exchanges is held to the document. */
  private record Asking(Client client) {

    Client.Answer ask(String method, String target, String body, String... headers) {
      List<String> all = new ArrayList<>(List.of(headers));
      if (body != null && !all.contains("Content-Type")) {
        all.addAll(List.of("Content-Type", "application/json"));
      }
      Client.Answer answer = client.send(method, target, body, all.toArray(String[]::new));
      document.check(method, target, all, answer.status() < 400 ? body : null, answer);
      return answer;
    }

    Client.Answer get(String target, String... headers) {
      return ask("GET", target, null, headers);
    }

    Client.Answer post(String target, String body, String... headers) {
      return ask("POST", target, body, headers);
    }

    Client.Answer run(String body, String... headers) {
      return post("/procedure/async", body, headers);
    }

    String accepted(String body) {
      Client.Answer answer = run(body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      return answer.json().getString("job_id");
    }

    String ended(String body) {
      String id = accepted(body);
      client.ended(id);
      return id;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    issuer = new Issuer();
    Map<String, String> told = new HashMap<>(issuer.environment());
    told.put("DIFERIDO_WAITING_PER_CALLER", "2");
    told.put("DIFERIDO_DEMO_SECONDS", "2");
    told.put("DIFERIDO_PROXIES", "127.0.0.1");
    told.put("DIFERIDO_LIMIT_PROCEDURES", "NADA=5");
    told.put("DIFERIDO_CONSOLE_CLIENT_ID", "diferido-console");
    told.put("DIFERIDO_CONSOLE_SCOPE", "openid");
    told.put("DIFERIDO_ACCESS", "procedure-caller=PKG_*,PROC_*,SUMA;job-operator=*");
    service = ServiceProcess.demoBehind(folder, told);
    service.awaitAnswer();
    demo = ServiceProcess.demo(demoFolder, Map.of("diferido.limit.submits", "2"));
    document =
        new ApiDocument(service.client(null).get("/openapi", "Accept", "application/json").text());
    ana = asking("ana.gomez", "procedure-caller");
    operator = asking("bruno.diaz", "job-operator");
    auditor = asking("clara.paz", "job-auditor");
    stranger = asking("eva.sol", "otro");
    nobody = new Asking(service.client(null));
  }

  private static Asking asking(String person, String... groups) throws GeneralSecurityException {
    return new Asking(service.client(issuer.token(person, groups)));
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void whatIsServedIsWhatIsDescribed() {
    assertAll(
        OpenApiIT::everybody,
        OpenApiIT::calls,
        OpenApiIT::jobs,
        OpenApiIT::waiting,
        OpenApiIT::lists,
        OpenApiIT::summary,
        OpenApiIT::catalogue,
        OpenApiIT::many,
        OpenApiIT::results,
        OpenApiIT::metrics,
        OpenApiIT::system,
        OpenApiIT::limits,
        OpenApiIT::demo,
        OpenApiIT::nothingIsLeft);
  }

  private static void nothingIsLeft() {
    // Statistics are written every half minute.
    await()
        .atMost(Duration.ofSeconds(75))
        .until(
            () ->
                ana.get("/procedures/SUMA").json().getJsonObject("statistics").getInt("runs") > 0);
    Set<String> unseen = new TreeSet<>(document.all());
    unseen.addAll(document.members());
    unseen.removeAll(document.seen());
    unseen.removeIf(ONLY_WHEN_BROKEN.asPredicate());
    unseen.removeAll(ELSEWHERE);
    assertThat(unseen).isEmpty();
  }

  /** What is the same with each operation. */
  private static void everybody() {
    for (String name : document.names()) {
      String[] parts = name.split(" ");
      String path = parts[1].replaceAll("\\{\\w+}", "0");
      if (document.isOpen(name)) {
        continue;
      }
      String body = parts[1].equals("/procedure") || parts[1].endsWith("async") ? ERROR : null;
      assertThat(nobody.ask(parts[0], path, body).status()).as(name).isEqualTo(401);
      assertThat(stranger.ask(parts[0], path, body).status()).as(name).isEqualTo(403);
      // Which forms a result has is known of a result that is there.
      if (!path.matches("/jobs/0/results/.*")) {
        Asking may = path.equals("/system") ? auditor : ana;
        assertThat(may.ask(parts[0], path, body, "Accept", "image/png").status())
            .as(name)
            .isEqualTo(406);
      }
    }
  }

  private static void calls() {
    ana.run(FUNCTION, "Idempotency-Key", "a", "Accept-Language", "en", "Prefer", "respond-async");
    assertThat(ana.run(FUNCTION, "Idempotency-Key", "a").header("idempotency-replayed"))
        .isEqualTo("true");
    assertThat(ana.post("/procedure/async?validate_only=true", REPORT).status()).isEqualTo(200);
    assertThat(ana.post("/procedure/async?validate_only=true", FUNCTION).status()).isEqualTo(200);
    assertThat(ana.post("/procedure?validate_only=true", FUNCTION).status()).isEqualTo(200);
    assertThat(ana.run(FUNCTION, "Prefer", "wait=20").status()).isEqualTo(200);
    assertThat(
            ana.post(
                    "/procedure",
                    FUNCTION,
                    "Prefer",
                    "wait=20",
                    "Idempotency-Key",
                    "b",
                    "Accept-Language",
                    "en")
                .status())
        .isEqualTo(200);
    ana.post("/procedure", FUNCTION, "Prefer", "wait=20", "Idempotency-Key", "b");
    assertThat(
            ana.post("/procedure", Calls.sleeping("3"), "Prefer", "wait=1", "Idempotency-Key", "c")
                .status())
        .isEqualTo(202);
    ana.post("/procedure", Calls.sleeping("3"), "Prefer", "wait=1", "Idempotency-Key", "c");
    for (String path : List.of("/procedure", "/procedure/async")) {
      assertThat(ana.post(path, "{").status()).isEqualTo(400);
      assertThat(ana.post(path, "{\"name\":\"PROC_NO\"}").status()).isEqualTo(404);
      assertThat(ana.post(path, "x", "Content-Type", "text/plain").status()).isEqualTo(415);
      assertThat(ana.post(path, "{\"name\":\"PROC_TEST\",\"params\":[{\"name\":\"no\"}]}").status())
          .isEqualTo(422);
      assertThat(ana.post(path, "{\"name\":\"" + "x".repeat(9 << 20) + "\"}").status())
          .isEqualTo(413);
    }
    assertThat(ana.post("/procedure", ERROR).status()).isEqualTo(422);
    assertThat(
            ana.post(
                    "/procedure",
                    "{\"name\":\"PROC_TEST_DEMORA\",\"timeout_seconds\":1,\"params\":[{\"name\":\"segundos\",\"value\":5}]}")
                .status())
        .isEqualTo(409);
  }

  private static void jobs() {
    String report = ana.ended(REPORT);
    Client.Answer seen = ana.get("/jobs/" + report + "?numbers=string", "Accept-Language", "en");
    assertThat(seen.status()).isEqualTo(200);
    String tag = ana.get("/jobs/" + report).header("etag");
    assertThat(ana.get("/jobs/" + report, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(ana.get("/jobs/" + report + "?wait=1").status()).isEqualTo(200);
    assertThat(ana.get("/jobs/" + report + "?wait=x").status()).isEqualTo(400);
    String runs = ana.accepted(Calls.SEED);
    await().until(() -> ana.get("/jobs/" + runs).json().getJsonObject("progress_detail") != null);
    ana.client().ended(runs);
    ana.get("/jobs/" + runs);
    String slow = ana.accepted(Calls.sleeping("600"));
    assertThat(ana.post("/jobs/" + slow + "/retry", null).status()).isEqualTo(409);
    assertThat(ana.post("/jobs/" + slow + "/cancel", null, "Accept-Language", "en").status())
        .isEqualTo(202);
    ana.get("/jobs/" + slow);
    ana.client().ended(slow);
    ana.get("/jobs/" + slow);
    assertThat(ana.post("/jobs/" + slow + "/cancel", null).status()).isEqualTo(409);
    String failed = ana.ended(ERROR);
    ana.get("/jobs/" + failed);
    assertThat(
            ana.post(
                    "/jobs/" + failed + "/retry",
                    null,
                    "Idempotency-Key",
                    "d",
                    "Accept-Language",
                    "en")
                .status())
        .isEqualTo(202);
    Client.Answer again = ana.post("/jobs/" + failed + "/retry", null, "Idempotency-Key", "d");
    ana.get("/jobs/" + again.json().getString("job_id"));
    assertThat(ana.post("/jobs/" + failed + "/retry", null, "Idempotency-Key", " ").status())
        .isEqualTo(400);
    assertThat(ana.post("/jobs/" + report + "/retry", null, "Idempotency-Key", "d").status())
        .isEqualTo(422);
    String secret =
        ana.ended(
            "{\"name\":\"PROC_TEST_CLAVE\",\"params\":[{\"name\":\"p_usuario\",\"value\":\"a\"},{\"name\":\"p_clave\",\"value\":\"b\"}]}");
    ana.get("/jobs/" + secret);
    String none = "0".repeat(32);
    for (String change : List.of("/cancel", "/retry")) {
      assertThat(ana.post("/jobs/" + none + change, null).status()).isEqualTo(404);
    }
    assertThat(ana.get("/jobs/" + none).status()).isEqualTo(404);
    assertThat(ana.get("/jobs/" + none + "/events").status()).isEqualTo(404);
    assertThat(ana.ask("DELETE", "/jobs/" + none, null).status()).isEqualTo(404);
    assertThat(ana.ask("DELETE", "/jobs/" + report, null, "Accept-Language", "en").status())
        .isEqualTo(200);
    String last = ana.accepted(Calls.sleeping("600"));
    await().until(() -> ana.get("/jobs/" + last).json().getString("state").equals("running"));
    assertThat(ana.ask("DELETE", "/jobs/" + last, null).status()).isEqualTo(202);
  }

  private static void waiting() throws GeneralSecurityException {
    String id = ana.ended(Calls.echo("a"));
    Client.Answer stream = ana.get("/jobs/" + id + "/events", "Accept-Language", "en");
    assertThat(stream.text()).contains("event: state", "\"status\":\"completed\"");
    // It ends with the token.
    Asking brief =
        new Asking(
            service.client(issuer.token("ana.gomez", Duration.ofSeconds(3), "procedure-caller")));
    stream = brief.get("/events", "Last-Event-ID", "1", "Accept-Language", "en");
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.text()).contains("event: ");
  }

  private static void lists() {
    ana.ended(FUNCTION);
    Client.Answer page =
        ana.get(
            "/jobs?limit=1&numbers=string&status=completed&state=succeeded&procedure=SUMA"
                + "&owner=ana.gomez&label=cierre=2025-12&q=SUMA&created_after=2025-01-01T00:00:00Z"
                + "&created_before=2999-01-01T00:00:00Z",
            "Accept-Language",
            "en");
    assertThat(page.next()).isNotNull();
    assertThat(ana.get(page.next()).status()).isEqualTo(200);
    assertThat(ana.get("/jobs?limit=0").status()).isEqualTo(400);
    assertThat(auditor.get("/jobs").status()).isEqualTo(200);
  }

  private static void summary() {
    ana.ended(FUNCTION);
    Client.Answer counts =
        ana.get(
            "/jobs/summary?procedure=SUMA&owner=ana.gomez&label=cierre=2025-12&q=SUMA"
                + "&created_after=2025-01-01T00:00:00Z&created_before=2999-01-01T00:00:00Z");
    assertThat(counts.status()).isEqualTo(200);
    assertThat(counts.json().getInt("wait_p50_ms")).isNotNegative();
    assertThat(ana.get("/jobs/summary?state=queued").status()).isEqualTo(400);
    assertThat(auditor.get("/jobs/summary").status()).isEqualTo(200);
  }

  private static void catalogue() {
    Client.Answer page = ana.get("/procedures?q=TEST&limit=1");
    assertThat(page.next()).isNotNull();
    ana.get(page.next());
    assertThat(ana.get("/procedures?q=TEST&limit=1", "If-None-Match", page.header("etag")).status())
        .isEqualTo(304);
    assertThat(ana.get("/procedures?limit=0").status()).isEqualTo(400);
    for (String name :
        List.of(
            "PKG_ETL.PROCESO_LARGO", "SUMA", "PROC_TEST_CLAVE", "PKG_REPORTES.GENERAR_MENSUAL")) {
      Client.Answer one = ana.get("/procedures/" + name, "Accept-Language", "en");
      assertThat(one.status()).isEqualTo(200);
      ana.get("/procedures/" + name, "If-None-Match", one.header("etag"), "Accept-Language", "en");
    }
    assertThat(ana.get("/procedures/NO").status()).isEqualTo(404);
  }

  private static void many() {
    assertThat(ana.post("/jobs/cancel", null).status()).isEqualTo(400);
    assertThat(ana.post("/jobs/retry", null).status()).isEqualTo(400);
    assertThat(ana.ask("DELETE", "/jobs", null).status()).isEqualTo(400);
    String filters =
        "status=pending,running&state=queued,running&procedure=PROC_TEST_DEMORA&owner=ana.gomez&label=x&q=DEMORA"
            + "&created_after=2025-01-01T00:00:00Z&created_before=2999-01-01T00:00:00Z";
    assertThat(ana.post("/jobs/cancel?limit=1&" + filters, null, "Accept-Language", "en").status())
        .isEqualTo(200);
    for (int at = 0; at < 2; at++) {
      String slow = ana.accepted(Calls.sleeping("600"));
      await().until(() -> ana.client().job(slow).getString("state").equals("running"));
    }
    for (String limit : List.of("&limit=1", "")) {
      Client.Answer answer = operator.post("/jobs/cancel?procedure=PROC_TEST_DEMORA" + limit, null);
      assertThat(answer.status()).isEqualTo(202);
    }
    ana.ended(ERROR);
    ana.ended(ERROR);
    String again = filters.replace("pending,running", "failed").replace("queued,running", "failed");
    assertThat(
            ana.post(
                    "/jobs/retry?limit=1&" + again,
                    null,
                    "Accept-Language",
                    "en",
                    "Idempotency-Key",
                    "e")
                .status())
        .isEqualTo(200);
    Client.Answer retried = ana.post("/jobs/retry?procedure=PROC_TEST_ERROR&limit=1", null);
    assertThat(retried.status()).isEqualTo(202);
    assertThat(ana.post(retried.next(), null).status()).isLessThan(300);
    assertThat(
            ana.ask("DELETE", "/jobs?older_than=1&" + again, null, "Accept-Language", "en")
                .status())
        .isEqualTo(200);
  }

  private static void results() {
    String rows =
        ana.ended(
            "{\"name\":\"PKG_REPORTES.GENERAR_GRANDE\",\"params\":[{\"name\":\"vFILAS\",\"value\":2000}]}");
    ana.get("/jobs/" + rows);
    // Its first rows are too long for a list, which says so.
    ana.get("/jobs?limit=1");
    String files =
        ana.ended(
            "{\"name\":\"PKG_REPORTES.ARCHIVO\",\"params\":[{\"name\":\"vPIEZAS\",\"value\":100000}]}");
    ana.get("/jobs/" + files);
    JsonObject all = ana.get("/jobs/" + files + "/results", "Accept-Language", "en").json();
    JsonObject one = ana.get("/jobs/" + rows + "/results").json();
    assertThat(all).isNotEqualTo(one);
    String path = "/jobs/" + rows + "/results/result_set_1";
    Client.Answer page = ana.get(path + "?limit=1000&numbers=string", "Accept-Language", "en");
    assertThat(page.next()).isNotNull();
    ana.get(page.next());
    assertThat(ana.get(path + "?limit=0").status()).isEqualTo(400);
    assertThat(ana.get(path, "Accept", "text/csv").header("content-disposition")).isNotEmpty();
    ana.get(path + "?format=ndjson");
    ana.get(path + "?format=xlsx");
    String tag = ana.get(path + "?format=csv").header("etag");
    assertThat(ana.get(path + "?format=csv", "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(ana.get(path + "?format=csv", "Range", "bytes=0-9", "If-Range", tag).status())
        .isEqualTo(206);
    assertThat(ana.get(path + "?format=csv", "Range", "bytes=999999999-").status()).isEqualTo(416);
    assertThat(ana.get(path + "?format=bytes").status()).isEqualTo(406);
    for (String link : links(files)) {
      assertThat(ana.get(link).status()).isEqualTo(200);
      assertThat(ana.get(link, "Range", "bytes=0-9").status()).isEqualTo(206);
    }
    ana.get(path + "?format=ndjson", "Range", "bytes=0-9");
    assertThat(ana.get("/jobs/" + rows + "/results/no").status()).isEqualTo(404);
    String none = "/jobs/" + "0".repeat(32) + "/results";
    assertThat(ana.get(none).status()).isEqualTo(404);
    String runs = ana.accepted(Calls.sleeping("600"));
    assertThat(ana.get("/jobs/" + runs + "/results").status()).isEqualTo(409);
    assertThat(ana.get("/jobs/" + runs + "/results/x").status()).isEqualTo(409);
    ana.post("/jobs/" + runs + "/cancel", null);
  }

  private static List<String> links(String job) {
    return ana.client().job(job).getJsonObject("result").values().stream()
        .filter(JsonObject.class::isInstance)
        .map(value -> value.asJsonObject().getString("link"))
        .toList();
  }

  private static void metrics() {
    assertThat(nobody.get("/metrics").status()).isEqualTo(200);
    assertThat(operator.get("/metrics", "Accept", "application/openmetrics-text").status())
        .isEqualTo(200);
    String[] far = {"X-Forwarded-For", "203.0.113.9"};
    assertThat(nobody.get("/metrics", far).status()).isEqualTo(401);
    assertThat(stranger.get("/metrics", far).status()).isEqualTo(403);
  }

  private static void system() {
    ana.ended(FUNCTION);
    for (Asking sees : List.of(operator, auditor)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  sees.get("/system").json().getJsonArray("nodes").stream()
                      .anyMatch(node -> node.asJsonObject().containsKey("workers")));
    }
    assertThat(ana.get("/system").status()).isEqualTo(403);
    assertThat(operator.get("/system?limit=1").status()).isEqualTo(400);
    assertThat(nobody.get("/ui/config").json().getString("scope")).isEqualTo("openid");
    assertThat(nobody.client().get("/").header("content-security-policy"))
        .contains("connect-src 'self' https://issuer.example.com;");
  }

  private static void limits() throws Exception {
    String id = ana.accepted(Calls.sleeping("600"));
    try (EventSource one = EventSource.of(ana.client(), "/events");
        EventSource two = EventSource.of(ana.client(), "/events")) {
      await().until(() -> one.status() == 200 && two.status() == 200);
      assertThat(ana.get("/events").status()).isEqualTo(429);
      assertThat(ana.get("/jobs/" + id + "/events").status()).isEqualTo(429);
      assertThat(ana.get("/jobs/" + id + "?wait=5").status()).isEqualTo(429);
    }
    ana.post("/jobs/" + id + "/cancel", null);
  }

  private static void demo() {
    assertThat(new Asking(demo.client(null)).get("/demo/tokens").status()).isEqualTo(200);
    assertThat(new Asking(demo.client(null)).get("/ui/config").status()).isEqualTo(200);
    assertThat(nobody.get("/demo/tokens").status()).isEqualTo(404);
    for (String path : List.of("/ping", "/health/live", "/health/ready")) {
      assertThat(nobody.get(path).status()).isEqualTo(200);
    }
    Asking limited = new Asking(demo.as("ana.gomez"));
    String failed = limited.ended(ERROR);
    limited.run(ERROR);
    assertThat(limited.run(ERROR).status()).isEqualTo(429);
    assertThat(limited.post("/procedure", ERROR).status()).isEqualTo(429);
    assertThat(limited.post("/jobs/" + failed + "/retry", null).status()).isEqualTo(429);
    assertThat(limited.post("/jobs/retry?state=failed", null).status()).isEqualTo(429);
  }
}
