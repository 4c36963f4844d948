package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.diferido.metrics.MeterText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /metrics} over HTTP. */
class MetricsIT {

  private static final String OPEN = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";

  /** Requests and streams that one caller may have waiting. */
  private static final int MOST = 3;

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
                "diferido.waiting.per-caller", "" + MOST,
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

  static MeterText read(Client.Answer answer, boolean openMetrics) {
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
    String[] stopped = {"reason", "requested", "step", "statement"};
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              MeterText after = scrape();
              assertThat(ended(before, after, "PROC_TEST", "succeeded")).isEqualTo(2);
              assertThat(ended(before, after, "PROC_TEST_ERROR", "failed")).isEqualTo(1);
              assertThat(ended(before, after, "PROC_TEST_DEMORA", "cancelled")).isEqualTo(1);
              assertThat(rise(before, after, "diferido_jobs_stopped_total", stopped)).isEqualTo(1);
            });
    MeterText after = scrape();
    assertThat(rise(before, after, "diferido_jobs_accepted_total")).isGreaterThanOrEqualTo(4);
    assertThat(after.samples().keySet()).noneMatch(each -> each.contains("proc_test"));
  }

  private static double ended(MeterText before, MeterText after, String name, String state) {
    return rise(
        before, after, "diferido_jobs_ended_total", "procedure", "PUBLIC." + name, "state", state);
  }

  static String failing() {
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
      assertThat(rise(before, after, "diferido_http_requests_seconds_count", labels))
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
      assertThat(scrape().value("diferido_waiting", "kind", "stream")).isGreaterThanOrEqualTo(1);
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
  void whoWaitsIsCountedAndWhoWaitsTooOftenAsWell() throws Exception {
    Client diego = service.as("diego.ruiz").withPatience(Duration.ofSeconds(60));
    String id = diego.accepted(Calls.sleeping("60"));
    MeterText before = scrape();
    List<EventSource> streams = new ArrayList<>();
    for (int at = 1; at < MOST; at++) {
      EventSource stream = EventSource.of(diego, "/jobs/" + id + "/events");
      streams.add(stream);
      await().until(() -> stream.status() == 200);
    }
    await().until(() -> diego.job(id).getString("state").equals("running"));
    CompletableFuture<Client.Answer> waiting =
        CompletableFuture.supplyAsync(() -> diego.get("/jobs/" + id + "?wait=30"));
    await()
        .untilAsserted(
            () -> assertThat(scrape().value("diferido_waiting", "kind", "request")).isEqualTo(1));
    diego.get("/jobs/" + id + "?wait=30").problem(429);
    diego.get("/jobs/" + id + "/events").problem(429);
    MeterText full = scrape();
    assertThat(full.value("diferido_waiting", "kind", "stream")).isGreaterThanOrEqualTo(MOST - 1);
    assertThat(full.value("diferido_waiting_caller_largest")).isEqualTo(MOST);
    assertThat(full.value("diferido_waiting_caller_limit")).isEqualTo(MOST);
    assertThat(rise(before, full, "diferido_waiting_refused_total")).isEqualTo(2);
    String[] problem = {"code", "TOO_MANY_WAITING", "status", "429"};
    assertThat(rise(before, full, "diferido_http_problems_total", problem)).isEqualTo(2);
    diego.post("/jobs/" + id + "/cancel");
    assertThat(waiting.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> streams.stream().allMatch(EventSource::isOver));
    await()
        .untilAsserted(
            () -> assertThat(scrape().value("diferido_waiting", "kind", "request")).isZero());
  }

  private static double rise(MeterText before, MeterText after, String name, String... labels) {
    return after.sum(name, labels) - before.sum(name, labels);
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

  static Set<String> ours(MeterText text) {
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
    String marked =
        new StringBuilder(service.as("clara.paz").token())
            .reverse()
            .insert(9, '!')
            .reverse()
            .toString();
    for (String token : List.of("x.y.z", marked)) {
      service.client(token).get("/metrics", "X-Forwarded-For", "203.0.113.9").problem(401);
    }
  }
}
