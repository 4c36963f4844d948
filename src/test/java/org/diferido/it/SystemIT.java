package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators and auditors see of all nodes, black-box. */
class SystemIT {

  private static final int WORKERS = 2;

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
                "diferido.node", "central",
                "diferido.node.heartbeat", "PT1S",
                "diferido.workers", "" + WORKERS,
                "diferido.queue.capacity", "2",
                "diferido.limit.procedures", "PROC_TEST_DEMORA=7"));
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

  private static JsonObject system() {
    Client.Answer answer = clara.get("/system");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static JsonObject systemOnce(Predicate<JsonObject> holds) {
    return await().atMost(Duration.ofSeconds(30)).until(SystemIT::system, holds);
  }

  private static JsonObject node(JsonObject system) {
    return system.getJsonArray("nodes").getJsonObject(0);
  }

  private static JsonObject limit(JsonObject system, String kind) {
    return system.getJsonArray("limits").getValuesAs(JsonObject.class).stream()
        .filter(limit -> limit.getString("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itIsForOperatorsAndAuditors() {
    assertThat(bruno.get("/system").status()).isEqualTo(200);
    assertThat(clara.get("/system").status()).isEqualTo(200);
    ana.get("/system").problem(403);
    service.client(null).get("/system").problem(401);
    clara.get("/system?limit=1").problem(400);
    bruno.post("/system").problem(405);
  }

  @Test
  void theNodeTellsOfItself() {
    JsonObject node = node(systemOnce(system -> node(system).containsKey("workers")));
    assertThat(node.getString("name")).matches("central-[0-9a-f]{8}");
    assertThat(node.getString("state")).isEqualTo("active");
    assertThat(node.getInt("workers")).isEqualTo(WORKERS);
    assertThat(node.getInt("connections")).isNotNegative();
    assertThat(node.getString("version")).isNotBlank();
    Instant beat = Instant.parse(node.getString("heartbeat_at"));
    assertThat(Instant.parse(node.getString("started_at"))).isBeforeOrEqualTo(beat);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Instant.parse(node(system()).getString("heartbeat_at")).isAfter(beat));
    assertThat(system().getJsonArray("nodes")).hasSize(1);
  }

  /** Each caller has one of the two workers, and one of the two places in the queue. */
  @Test
  void whatRunsWaitsAndIsRefusedIsCounted() {
    for (Client client : List.of(ana, bruno)) {
      String runs = client.accepted(Calls.sleeping("600"));
      await().until(() -> client.job(runs).getString("state").equals("running"));
      submitted(client, Calls.sleeping("600"));
    }
    ana.submit(Calls.sleeping("600")).problem(503);
    JsonObject system = systemOnce(each -> limit(each, "queue").getInt("refused") > 0);
    assertThat(system.getInt("refused")).isPositive();
    assertThat(node(system).getInt("busy")).isEqualTo(WORKERS);
    assertThat(system.getJsonObject("queue").getInt("queued")).isEqualTo(2);
    assertThat(system.getJsonObject("queue").getInt("capacity")).isEqualTo(2);
    assertThat(system.getJsonObject("queue").getInt("oldest_seconds")).isNotNegative();
    assertThat(limit(system, "queue").getInt("used")).isEqualTo(2);
    assertThat(limit(system, "queue").getInt("max")).isEqualTo(2);
    assertThat(limit(system, "procedure").toString())
        .isEqualTo("{\"kind\":\"procedure\",\"name\":\"PROC_TEST_DEMORA\",\"used\":2,\"max\":7}");
    bruno.post("/jobs/cancel?procedure=PROC_TEST_DEMORA");
    JsonObject empty = systemOnce(each -> each.getJsonObject("queue").getInt("queued") == 0);
    assertThat(empty.getJsonObject("queue")).doesNotContainKey("oldest_seconds");
    systemOnce(each -> node(each).getInt("busy") == 0);
  }

  @Test
  void theLastHourHasItsMinutes() {
    List<JsonObject> before = minutes(system());
    assertThat(before).hasSize(60);
    for (int at = 1; at < before.size(); at++) {
      assertThat(Instant.parse(before.get(at).getString("at")))
          .isEqualTo(Instant.parse(before.get(at - 1).getString("at")).plusSeconds(60));
    }
    long succeeded = sum(before, "succeeded");
    long problems = sum(before, "problems");
    ended(Calls.echo("a"));
    ended(MetricsIT.failing());
    List<JsonObject> after = minutes(system());
    assertThat(sum(after, "succeeded")).isEqualTo(succeeded + 1);
    assertThat(sum(after, "problems")).isEqualTo(problems + 1);
    assertThat(after).anyMatch(minute -> minute.containsKey("wait_p50_ms"));
    assertThat(after).anyMatch(minute -> minute.containsKey("wait_p95_ms"));
  }

  private static void ended(String call) {
    ana.ended(submitted(ana, call));
  }

  /** Once there is room for it: what has just left the queue may be counted for a moment. */
  private static String submitted(Client client, String call) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.submit(call), answer -> answer.status() == 202)
        .json()
        .getString("job_id");
  }

  private static List<JsonObject> minutes(JsonObject system) {
    return system.getJsonArray("minutes").getValuesAs(JsonObject.class);
  }

  private static long sum(List<JsonObject> minutes, String member) {
    return minutes.stream().mapToLong(minute -> minute.getInt(member)).sum();
  }
}
