package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a job, and streams of events, over HTTP. */
class WaitingIT {

  private static final int MOST = 20;

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client ana;
  private static Client diego;
  private static Client bruno;

  @BeforeAll
  static void start() throws Exception {
    service =
        ServiceProcess.demo(
            folder, Map.of("diferido.demo.seconds", "2", "diferido.waiting.per-caller", "" + MOST));
    ana = service.as("ana.gomez").withPatience(Duration.ofSeconds(60));
    diego = service.as("diego.ruiz");
    bruno = service.as("bruno.diaz");
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  private static String failing() {
    return "{\"name\":\"PROC_TEST_ERROR\",\"params\":[{\"name\":\"p_should_fail\",\"value\":1}]}";
  }

  @Test
  void whoWaitsForAJobIsToldWhenItsStateChanges() {
    String id = ana.accepted(Calls.sleeping("1.5"));
    await().until(() -> ana.job(id).getString("state").equals("running"));
    Client.Answer answer = ana.get("/jobs/" + id + "?wait=30");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("completed");
    assertThat(answer.header("etag")).isNotEmpty();
    assertThat(ana.get("/jobs/" + id + "?wait=30").json().getString("status"))
        .isEqualTo("completed");
  }

  @Test
  void whoHasWaitedLongEnoughIsToldTheJobAsItIs() {
    String id = ana.accepted(Calls.sleeping("60"));
    await().until(() -> ana.job(id).getString("state").equals("running"));
    Client.Answer answer = ana.get("/jobs/" + id + "?wait=1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("state")).isEqualTo("running");
    assertThat(answer.header("retry-after")).matches("\\d+");
    assertThat(ana.post("/jobs/" + id + "/cancel").status()).isEqualTo(202);
    assertThat(ana.ended(id).getString("state")).isEqualTo("cancelled");
  }

  @Test
  void whoSaysWhatHeHasIsToldAsSoonAsItIsNotThatAnyMore() {
    String id = ana.accepted(Calls.SEED);
    List<Integer> percents = new ArrayList<>();
    String tag = ana.get("/jobs/" + id).header("etag");
    JsonObject job;
    do {
      Client.Answer answer = ana.get("/jobs/" + id + "?wait=10", "If-None-Match", tag);
      assertThat(answer.status()).isEqualTo(200);
      job = answer.json();
      tag = answer.header("etag");
      percents.add(job.getInt("progress"));
    } while (!job.getString("status").equals("completed"));
    assertThat(percents).hasSizeGreaterThan(1).isSorted().endsWith(100);
    Client.Answer same = ana.get("/jobs/" + id + "?wait=10", "If-None-Match", tag);
    assertThat(same.status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"31", "-1", "x", "1.5", ""})
  void aTimeThatCannotBeWaitedIsRefused(String wait) {
    JsonObject problem = ana.get("/jobs/0?wait=" + wait).problem(400);
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("?wait");
  }

  @Test
  void whatIsNotOnesOwnCannotBeWaitedFor() {
    String id = ana.accepted(Calls.echo("x"));
    diego.get("/jobs/" + id + "?wait=1").problem(404);
    ana.get("/jobs/00000000000000000000000000000000?wait=1").problem(404);
    service.client(null).get("/jobs/" + id + "?wait=1").problem(401);
  }

  @Test
  void aSubmitMayWaitForTheEnd() {
    Client.Answer answer = ana.submit(Calls.echo("x"), "Prefer", "respond-async, wait=20");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("preference-applied")).isEqualTo("wait=20");
    assertThat(answer.json().getString("status")).isEqualTo("completed");
    assertThat(answer.header("location")).endsWith("/jobs/" + answer.json().getString("id"));
    Client.Answer failed = ana.submit(failing(), "Prefer", "wait=20");
    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.json().getString("status")).isEqualTo("failed");
    Client.Answer longer = ana.submit(Calls.sleeping("4"), "Prefer", "wait=1");
    assertThat(longer.status()).isEqualTo(202);
    assertThat(longer.json().getString("status")).isEqualTo("accepted");
    assertThat(longer.header("preference-applied")).isEmpty();
    assertThat(ana.submit(Calls.echo("x"), "Prefer", "wait=soon").status()).isEqualTo(202);
  }

  @Test
  void aShortCallMayBeMadeAsIfItWereNoJob() {
    Client.Answer answer = run(Calls.echo("hola"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("ok");
    assertThat(answer.json().getJsonObject("out").getString("p_output"))
        .isEqualTo("Procesado: hola");
    String id = answer.json().getString("job_id");
    assertThat(ana.job(id).getString("status")).isEqualTo("completed");
    Client.Answer failed = run(failing(), "Idempotency-Key", "una-vez");
    assertThat(failed.header("idempotency-replayed")).isEmpty();
    JsonObject problem = failed.problem(422);
    Client.Answer again = run(failing(), "Idempotency-Key", "una-vez");
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.header("location")).isEqualTo(failed.header("location"));
    String its = failed.header("location").replaceFirst(".*/jobs/", "");
    assertThat(ana.job(its).getJsonObject("error_detail").getString("code")).isEqualTo("ORA-20001");
    assertThat(problem.getString("code")).isEqualTo("ORA-20001");
    run("{\"name\":\"NO_EXISTE\"}").problem(404);
    Client.Answer longer = run(Calls.sleeping("4"), "Prefer", "wait=1");
    assertThat(longer.status()).isEqualTo(202);
    assertThat(ana.ended(longer.json().getString("job_id")).getString("status"))
        .isEqualTo("completed");
  }

  private static Client.Answer run(String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return ana.send("POST", "/procedure", body, all.toArray(String[]::new));
  }

  /** Whoever asks below for a refusal may be before him. */
  private static Client.Answer waited(Client client, String id) {
    Client.Answer answer = client.get("/jobs/" + id + "?wait=20");
    return answer.status() == 429 ? waited(client, id) : answer;
  }

  @Test
  void nobodyWaitsMoreOftenThanHeMayAndASubmitIsNeverLostForIt() {
    String id = diego.accepted(Calls.sleeping("60"));
    // Whoever waits from before its beginning on is told of that, and waits no more.
    await().until(() -> diego.job(id).getString("state").equals("running"));
    List<CompletableFuture<Client.Answer>> waiting = new ArrayList<>();
    Client patient = diego.withPatience(Duration.ofSeconds(60));
    for (int at = 0; at < MOST; at++) {
      waiting.add(CompletableFuture.supplyAsync(() -> waited(patient, id)));
    }
    JsonObject refused =
        await("a refusal")
            .atMost(Duration.ofSeconds(15))
            .until(() -> diego.get("/jobs/" + id + "?wait=1"), answer -> answer.status() == 429)
            .problem(429);
    assertThat(refused.getString("code")).isEqualTo("TOO_MANY_WAITING");
    assertThat(diego.submit(Calls.echo("x"), "Prefer", "wait=20").status()).isEqualTo(202);
    diego.post("/jobs/" + id + "/cancel");
    waiting.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
  }

  @Test
  void theEventsOfAJobComeInOrderAndEndWithIt() throws Exception {
    String id = ana.accepted(Calls.SEED);
    try (EventSource source = EventSource.of(ana, "/jobs/" + id + "/events")) {
      await().atMost(Duration.ofSeconds(30)).until(source::isOver);
      List<EventSource.Event> events = source.events();
      assertThat(events).hasSizeGreaterThan(4);
      assertThat(events.get(0).name()).isEqualTo("state");
      assertThat(events).extracting(each -> each.data().getString("id")).containsOnly(id);
      assertThat(events).extracting(each -> each.data().getInt("progress")).isSorted();
      assertThat(events).extracting(EventSource.Event::name).contains("progress");
      assertThat(events).extracting(each -> Long.parseLong(each.id())).isSorted();
      EventSource.Event last = events.get(events.size() - 1);
      assertThat(last.name()).isEqualTo("state");
      assertThat(last.data().getString("status")).isEqualTo("completed");
      assertThat(last.data().getJsonObject("result")).isNotEmpty();
    }
    try (EventSource ended = EventSource.of(ana, "/jobs/" + id + "/events")) {
      await().atMost(Duration.ofSeconds(10)).until(ended::isOver);
      assertThat(ended.events()).hasSize(1);
    }
  }

  @Test
  void whoListensToAllHisJobsHearsOfNobodyElses() throws Exception {
    try (EventSource of = EventSource.of(ana, "/events");
        EventSource diegos = EventSource.of(diego, "/events");
        EventSource all = EventSource.of(bruno, "/events")) {
      await().until(() -> of.status() == 200 && diegos.status() == 200 && all.status() == 200);
      String id = ana.accepted(Calls.sleeping("0.5"));
      String other = diego.accepted(Calls.echo("x"));
      await().atMost(Duration.ofSeconds(15)).until(() -> isEnded(of, id) && isEnded(diegos, other));
      await().atMost(Duration.ofSeconds(5)).until(() -> isEnded(all, id) && isEnded(all, other));
      assertThat(of.events()).noneMatch(each -> each.data().getString("id").equals(other));
      assertThat(diegos.events()).noneMatch(each -> each.data().getString("id").equals(id));
      String since = of.events().get(0).id();
      String later = ana.accepted(Calls.echo("y"));
      ana.ended(later);
      try (EventSource again = EventSource.of(ana, "/events", "Last-Event-ID", since)) {
        await().atMost(Duration.ofSeconds(10)).until(() -> isEnded(again, later));
        assertThat(isEnded(again, id)).isTrue();
        assertThat(again.events()).noneMatch(each -> each.data().getString("id").equals(other));
      }
    }
  }

  /** Longer than all that waits for a slow reader may be. */
  @Test
  void aLongJobIsToldBeforeItsEnd() throws Exception {
    List<String> before = new ArrayList<>();
    for (int at = 0; at < 10; at++) {
      before.add(diego.accepted(Calls.sleeping("60")));
    }
    String names =
        List.of("p_timestamp", "p_zona", "p_boolean", "p_raw", "p_decimal", "p_integer", "p_double")
            .stream()
            .map("{\"name\":\"%s\"},"::formatted)
            .collect(Collectors.joining());
    String id =
        diego.accepted(
            "{\"name\":\"PROC_TEST_TIPOS\",\"params\":[%s{\"name\":\"p_clob\",\"value\":\"%s\"}]}"
                .formatted(names, "x".repeat(5_000_000)));
    try (EventSource source = EventSource.of(diego, "/jobs/" + id + "/events")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> !source.events().isEmpty());
      JsonObject told = source.events().get(0).data();
      assertThat(told.getString("id")).isEqualTo(id);
      assertThat(told.getString("state")).isEqualTo("queued");
    } finally {
      before.forEach(each -> diego.post("/jobs/" + each + "/cancel"));
    }
    assertThat(diego.delete("/jobs/" + id).status()).isIn(200, 202);
  }

  private static boolean isEnded(EventSource source, String id) {
    return source.events().stream()
        .anyMatch(
            each ->
                each.data().getString("id").equals(id)
                    && each.data().getString("status").equals("completed"));
  }

  @Test
  void streamsAreRefusedAsEverythingElse() {
    String id = ana.accepted(Calls.echo("x"));
    for (String path : List.of("/events", "/jobs/" + id + "/events")) {
      service.client(null).get(path).problem(401);
      service.client("x.y.z").get(path).problem(401);
      ana.get(path, "Accept", "application/json").problem(406);
      Client.Answer post = ana.post(path);
      post.problem(405);
      assertThat(post.header("allow")).isEqualTo("GET");
    }
    diego.get("/jobs/" + id + "/events").problem(404);
    ana.get("/jobs/0/events").problem(404);
  }

  @Test
  void aStreamThatHasNothingToTellSaysThatItLives() throws Exception {
    try (EventSource source = EventSource.of(ana, "/events")) {
      await().atMost(Duration.ofSeconds(40)).until(() -> !source.comments().isEmpty());
    }
  }
}
