package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diferido.metrics.MeterText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code /metrics} over HTTP; and what is made of it in {@code server-config} and {@code docs} is
 * held to what the service really tells.
 */
class MetricsIT {

  private static final String OPEN = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";

  /** What begins like a name of ours, in an expression. */
  private static final Pattern OURS =
      Pattern.compile("\\b(?:diferido|jvm|process|system)_[a-z0-9_]+");

  /** What a family has beside its own name. */
  private static final Pattern PART = Pattern.compile("_(?:bucket|sum|count|max)$");

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client anybody;
  private static Client ana;

  @BeforeAll
  static void start() throws Exception {
    service =
        ServiceProcess.demo(
            folder,
            Map.of(
                "diferido.demo.seconds", "1",
                "diferido.proxies", "127.0.0.1",
                "diferido.metrics.from", "10.9.0.0/16"));
    anybody = service.client(null);
    ana = service.as("ana.gomez");
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  private static MeterText scrape() {
    return read(anybody.get("/metrics"), false);
  }

  private static MeterText read(Client.Answer answer, boolean openMetrics) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return MeterText.of(answer.text(), openMetrics);
  }

  @Test
  void jobsAreCountedOnceUnderTheDictionarysName() {
    MeterText before = scrape();
    ana.ended(ana.accepted(Calls.echo("x").replace("PROC_TEST", "proc_test")));
    ana.ended(ana.accepted(Calls.echo("y")));
    ana.ended(ana.accepted(failing()));
    String cancelled = ana.accepted(Calls.sleeping("60"));
    await().until(() -> ana.job(cancelled).getString("state").equals("running"));
    assertThat(scrape().sum("diferido_jobs_running", "state", "running")).isGreaterThan(0);
    ana.post("/jobs/" + cancelled + "/cancel");
    ana.ended(cancelled);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              MeterText after = scrape();
              assertThat(rise(before, after, "PROC_TEST", "succeeded")).isEqualTo(2);
              assertThat(rise(before, after, "PROC_TEST_ERROR", "failed")).isEqualTo(1);
              assertThat(rise(before, after, "PROC_TEST_DEMORA", "cancelled")).isEqualTo(1);
              assertThat(
                      after.value(
                              "diferido_jobs_stopped_total",
                              "reason",
                              "requested",
                              "step",
                              "statement")
                          - before.value(
                              "diferido_jobs_stopped_total",
                              "reason",
                              "requested",
                              "step",
                              "statement"))
                  .isEqualTo(1);
            });
    MeterText after = scrape();
    assertThat(
            after.sum("diferido_jobs_accepted_total") - before.sum("diferido_jobs_accepted_total"))
        .isGreaterThanOrEqualTo(4);
    assertThat(after.samples().keySet()).noneMatch(each -> each.contains("proc_test"));
  }

  private static double rise(MeterText before, MeterText after, String name, String state) {
    String[] labels = {"procedure", "PUBLIC." + name, "state", state};
    return after.value("diferido_jobs_ended_total", labels)
        - before.value("diferido_jobs_ended_total", labels);
  }

  private static String failing() {
    return "{\"name\":\"PROC_TEST_ERROR\",\"params\":[{\"name\":\"p_should_fail\",\"value\":1}]}";
  }

  @Test
  void requestsAreCountedByTheTemplateOfTheirPath() {
    MeterText before = scrape();
    String id = ana.accepted(Calls.echo("x"));
    ana.ended(id);
    ana.get("/jobs/" + id + "?wait=1");
    ana.get("/jobs/00000000000000000000000000000000").problem(404);
    anybody.get("/nowhere/" + id).problem(404);
    service.client("x.y.z").get("/jobs").problem(401);
    ana.get("/events", "Accept", "application/json").problem(406);
    MeterText after = scrape();
    for (String[] labels :
        new String[][] {
          {"route", "/procedure/async", "method", "POST", "status", "202"},
          {"route", "/jobs/{id}", "method", "GET", "status", "200", "waits", "false"},
          {"route", "/jobs/{id}", "method", "GET", "status", "200", "waits", "true"},
          {"route", "/jobs/{id}", "method", "GET", "status", "404"},
          {"route", "other", "method", "GET", "status", "404"},
          {"route", "other", "method", "GET", "status", "401"},
          {"route", "/events", "method", "GET", "status", "406"},
          {"route", "/metrics", "method", "GET", "status", "200"}
        }) {
      assertThat(
              after.sum("diferido_http_requests_seconds_count", labels)
                  - before.sum("diferido_http_requests_seconds_count", labels))
          .as(List.of(labels).toString())
          .isGreaterThanOrEqualTo(1);
    }
    assertThat(after.samples().keySet()).noneMatch(each -> each.contains(id));
    assertThat(after.sum("diferido_http_problems_total", "code", "JOB_NOT_FOUND"))
        .isGreaterThanOrEqualTo(1);
    assertThat(after.sum("diferido_http_problems_total", "code", "UNAUTHENTICATED"))
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void aRequestIsCountedOnceHoweverItIsAnswered() {
    String[] waited = {"route", "/procedure", "method", "POST", "status", "200"};
    double before = scrape().sum("diferido_http_requests_seconds_count", waited);
    for (int at = 0; at < 20; at++) {
      assertThat(
              ana.send("POST", "/procedure", Calls.echo("x"), "Content-Type", "application/json")
                  .status())
          .isEqualTo(200);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(scrape().sum("diferido_http_requests_seconds_count", waited) - before)
                    .isEqualTo(20));
  }

  @Test
  void aStreamIsCountedWhenItIsOver() throws Exception {
    String id = ana.accepted(Calls.SEED);
    String[] stream = {"route", "/jobs/{id}/events", "method", "GET", "status", "200"};
    double before = scrape().sum("diferido_http_requests_seconds_count", stream);
    try (EventSource source = EventSource.of(ana, "/jobs/" + id + "/events")) {
      await().until(() -> source.status() == 200);
      assertThat(scrape().value("diferido_listeners")).isGreaterThanOrEqualTo(1);
      assertThat(scrape().sum("diferido_http_requests_seconds_count", stream)).isEqualTo(before);
      await().atMost(Duration.ofSeconds(30)).until(source::isOver);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(scrape().sum("diferido_http_requests_seconds_count", stream))
                    .isEqualTo(before + 1));
  }

  @Test
  void bothFormatsCanBeRead() {
    Client.Answer text = anybody.get("/metrics");
    assertThat(text.header("content-type").replace(" ", ""))
        .isEqualToIgnoringCase("text/plain;version=0.0.4;charset=utf-8");
    Client.Answer open = anybody.get("/metrics", "Accept", OPEN);
    assertThat(open.header("content-type").replace(" ", ""))
        .isEqualToIgnoringCase("application/openmetrics-text;version=1.0.0;charset=utf-8");
    assertThat(open.header("vary")).contains("Accept");
    assertThat(open.header("cache-control")).isEqualTo("no-store");
    Set<String> ours = ours(read(text, false));
    assertThat(ours).hasSizeGreaterThan(20);
    assertThat(ours(read(open, true))).containsAll(ours);
    assertThat(anybody.send("HEAD", "/metrics", null).text()).isEmpty();
    Client.Answer posted = anybody.post("/metrics");
    posted.problem(405);
    assertThat(posted.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  private static Set<String> ours(MeterText text) {
    return text.names().stream()
        .filter(name -> name.startsWith("diferido_"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({
    // Behind the proxy, which is this machine: whom it saw.
    "10.9.8.7, , 200",
    "203.0.113.9, , 401",
    "'10.9.8.7, 203.0.113.9', , 401",
    "203.0.113.9, ana.gomez, 403",
    "203.0.113.9, bruno.diaz, 200",
    "203.0.113.9, clara.paz, 200",
    "10.9.8.7, ana.gomez, 200"
  })
  void whoMayReadThem(String seen, String person, int status) {
    Client client = person == null ? anybody : service.as(person);
    Client.Answer answer = client.get("/metrics", "X-Forwarded-For", seen);
    if (status == 200) {
      read(answer, false);
    } else {
      answer.problem(status);
    }
  }

  @Test
  void aTokenThatIsNoneOpensNothing() {
    service.client("x.y.z").get("/metrics", "X-Forwarded-For", "203.0.113.9").problem(401);
  }

  /** With something of everything in it. */
  private static MeterText full() throws IOException {
    anybody.get("/health/ready");
    anybody.get("/nowhere").problem(404);
    ana.ended(ana.accepted(failing()));
    collectGarbage();
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(MetricsIT::scrape, now -> now.names().contains("jvm_gc_pause_seconds_count"));
  }

  /** What has not been collected yet has had no pause. */
  private static void collectGarbage() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, "" + service.pid(), "GC.run")
        .redirectErrorStream(true)
        .start()
        .getInputStream()
        .readAllBytes();
  }

  @Test
  void eachIsDescribedAndNothingElseIs() throws IOException {
    Set<String> families =
        full().types().keySet().stream()
            .map(MetricsIT::withoutItsLargest)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> described = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
      Matcher row = Pattern.compile("\\| `([a-z0-9_]+)` \\|.*").matcher(line);
      if (row.matches()) {
        assertThat(line.split("\\|")).as(line).hasSizeGreaterThanOrEqualTo(5);
        assertThat(described.add(row.group(1))).as("once: " + line).isTrue();
      }
    }
    assertThat(described.stream().filter(MetricsIT::isEverywhere))
        .containsExactlyElementsOf(families.stream().filter(MetricsIT::isEverywhere).toList());
    assertThat(described).containsAll(families);
  }

  /** Each histogram has a gauge of its own beside it: the largest of late. */
  private static String withoutItsLargest(String family) {
    return family.endsWith("_seconds_max") ? family.substring(0, family.length() - 4) : family;
  }

  /** What the JVM tells depends on its collector and its server. */
  private static boolean isEverywhere(String name) {
    return name.startsWith("diferido_");
  }

  @Test
  void theRulesAskForWhatThereIs() throws IOException {
    Set<String> known = full().names();
    List<String> expressions = new ArrayList<>();
    expressions(yaml("server-config/prometheus/rules.yml"), "expr", expressions);
    assertThat(expressions).hasSizeGreaterThanOrEqualTo(7);
    assertAllKnown(expressions, known);
    Map<?, ?> scrape = (Map<?, ?>) yaml("server-config/prometheus/prometheus.yml");
    assertThat(scrape.toString()).contains("metrics_path=/metrics", "rule_files=[rules.yml]");
  }

  private static Object yaml(String file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(file)));
  }

  private static void expressions(Object node, String name, List<String> found) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (key.equals(name)) {
              found.add(value.toString());
            } else {
              expressions(value, name, found);
            }
          });
    } else if (node instanceof List<?> list) {
      list.forEach(each -> expressions(each, name, found));
    }
  }

  @Test
  void theDashboardAsksForWhatThereIs() throws IOException {
    Set<String> known = full().names();
    List<String> expressions = new ArrayList<>();
    try (InputStream file = Files.newInputStream(Path.of("server-config/grafana/diferido.json"));
        JsonReader reader = Json.createReader(file)) {
      JsonObject dashboard = reader.readObject();
      expressions(dashboard.get("panels"), expressions);
      assertThat(expressions).hasSizeGreaterThanOrEqualTo(15);
      JsonArray variables = dashboard.getJsonObject("templating").getJsonArray("list");
      assertThat(variables.getValuesAs(JsonObject.class))
          .extracting(each -> each.getString("name"))
          .contains("node", "procedure");
      variables.getValuesAs(JsonObject.class).stream()
          .filter(each -> each.getString("type").equals("query"))
          .forEach(each -> expressions.add(each.getString("definition")));
    }
    assertAllKnown(expressions, known);
    Set<String> shown =
        expressions.stream()
            .flatMap(each -> OURS.matcher(each).results())
            .map(each -> PART.matcher(each.group()).replaceFirst(""))
            .collect(Collectors.toSet());
    Set<String> all =
        ours(full()).stream()
            .map(each -> PART.matcher(each).replaceFirst(""))
            .collect(Collectors.toSet());
    assertThat(shown).containsAll(all);
  }

  private static void expressions(JsonValue node, List<String> found) {
    if (node instanceof JsonObject object) {
      object.forEach(
          (key, value) -> {
            if (key.equals("expr")) {
              found.add(object.getString("expr"));
            } else {
              expressions(value, found);
            }
          });
    } else if (node instanceof JsonArray array) {
      array.forEach(each -> expressions(each, found));
    }
  }

  private static void assertAllKnown(List<String> expressions, Set<String> known) {
    for (String expression : expressions) {
      assertThat(OURS.matcher(expression).results().map(each -> each.group()))
          .as(expression)
          .allSatisfy(name -> assertThat(known).contains(name));
    }
  }

  @Test
  void readinessTellsOfTheQueueAndOfTheIssuer() {
    JsonObject data =
        anybody
            .get("/health/ready")
            .json()
            .getJsonArray("checks")
            .getJsonObject(0)
            .getJsonObject("data");
    assertThat(data.getString("queue")).matches("\\d+ of 10000");
    assertThat(data.getString("issuer")).isEqualTo("not asked");
    assertThat(scrape().value("diferido_ready", "part", "registry")).isEqualTo(1);
  }
}
