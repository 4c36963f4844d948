package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts beside the list of jobs, black-box. */
class SummaryIT {

  private static final String[] STATES = {
    "queued",
    "running",
    "cancelling",
    "succeeded",
    "failed",
    "cancelled",
    "timed_out",
    "expired",
    "lost"
  };

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client ana;
  private static Client diego;

  @BeforeAll
  static void start() throws Exception {
    service = ServiceProcess.demo(folder, Map.of());
    ana = service.as("ana.gomez");
    diego = service.as("diego.ruiz");
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  private static String labelled(String call, String value) {
    return call.strip().replaceFirst("^\\{", "{\"labels\":{\"cuenta\":\"%s\"},".formatted(value));
  }

  private static JsonObject summary(Client client, String query) {
    Client.Answer answer = client.get("/jobs/summary?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static long inBins(JsonObject summary) {
    return summary.getJsonArray("bins").getValuesAs(JsonObject.class).stream()
        .flatMap(bin -> bin.entrySet().stream())
        .filter(each -> !each.getKey().equals("from"))
        .mapToLong(each -> Long.parseLong(each.getValue().toString()))
        .sum();
  }

  @Test
  void jobsAreCountedByTheirStatesAndByTheirHalfHours() {
    ana.ended(ana.accepted(labelled(Calls.echo("a"), "uno")));
    ana.ended(ana.accepted(labelled(Calls.echo("b"), "uno")));
    ana.ended(ana.accepted(labelled(MetricsIT.failing(), "uno")));
    String runs = ana.accepted(labelled(Calls.sleeping("600"), "uno"));
    await().until(() -> ana.job(runs).getString("state").equals("running"));
    JsonObject summary = summary(ana, "label=cuenta=uno");
    assertThat(summary.getInt("total")).isEqualTo(4);
    assertThat(summary).doesNotContainKey("total_is");
    JsonObject states = summary.getJsonObject("states");
    assertThat(states).containsOnlyKeys(STATES);
    assertThat(states.getInt("succeeded")).isEqualTo(2);
    assertThat(states.getInt("failed")).isEqualTo(1);
    assertThat(states.getInt("running")).isEqualTo(1);
    assertThat(inBins(summary)).isEqualTo(4);
    assertThat(summary.getInt("wait_p50_ms")).isBetween(0, 60_000);
    ana.post("/jobs/" + runs + "/cancel");
    ana.ended(runs);
    assertThat(summary(ana, "label=cuenta=uno").getJsonObject("states").getInt("cancelled"))
        .isEqualTo(1);
  }

  @Test
  void theBinsAreTheHalfHoursOfTheLastDay() {
    List<JsonObject> bins =
        summary(ana, "").getJsonArray("bins").getValuesAs(JsonObject.class).stream().toList();
    assertThat(bins).hasSize(48);
    Instant before = null;
    for (JsonObject bin : bins) {
      Instant from = Instant.parse(bin.getString("from"));
      assertThat(from.getEpochSecond() % 1800).isZero();
      if (before != null) {
        assertThat(from).isEqualTo(before.plusSeconds(1800));
      }
      before = from;
    }
    Instant end = before.plusSeconds(1800);
    assertThat(end).isCloseTo(Instant.now(), within(31, ChronoUnit.MINUTES));
  }

  @Test
  void everybodyCountsWhatEverybodyMaySee() {
    ana.ended(ana.accepted(labelled(Calls.echo("a"), "ajena")));
    assertThat(summary(diego, "label=cuenta=ajena").getInt("total")).isZero();
    assertThat(summary(diego, "owner=ana.gomez").getInt("total")).isZero();
    assertThat(summary(diego, "owner=ana.gomez")).doesNotContainKey("wait_p50_ms");
    for (String person : List.of("bruno.diaz", "clara.paz")) {
      Client sees = service.as(person);
      assertThat(summary(sees, "label=cuenta=ajena").getInt("total")).isEqualTo(1);
      assertThat(summary(sees, "label=cuenta=ajena&owner=diego.ruiz").getInt("total")).isZero();
    }
    service.client(null).get("/jobs/summary").problem(401);
  }

  @Test
  void theFiltersAreThoseOfTheList() {
    Instant before = Instant.now().minusSeconds(60);
    ana.ended(ana.accepted(labelled(Calls.echo("a"), "filtrada")));
    String mine = "label=cuenta=filtrada";
    assertThat(summary(ana, mine + "&procedure=proc_*").getInt("total")).isEqualTo(1);
    assertThat(summary(ana, mine + "&procedure=pkg_*").getInt("total")).isZero();
    assertThat(summary(ana, mine + "&q=FILTRADA").getInt("total")).isEqualTo(1);
    assertThat(summary(ana, mine + "&created_after=" + before).getInt("total")).isEqualTo(1);
    assertThat(summary(ana, mine + "&created_before=" + before).getInt("total")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=queued",
        "status=failed",
        "limit=1",
        "cursor=x",
        "q=x",
        "created_after=ayer"
      })
  void whatItDoesNotKnowIsNamed(String query) {
    JsonObject problem = ana.get("/jobs/summary?" + query).problem(400);
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("?" + query.replaceFirst("=.*", ""));
  }
}
