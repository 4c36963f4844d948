package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
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
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What is made of {@code /metrics} in {@code server-config} and {@code docs} is held to what the
 * service really tells.
 */
class MonitoringIT {

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
    service = ServiceProcess.demo(folder, Map.of("diferido.demo.seconds", "1"));
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
    return MetricsIT.read(anybody.get("/metrics"), false);
  }

  /** With something of everything in it. */
  private static MeterText full() throws IOException {
    anybody.get("/health/ready");
    anybody.get("/nowhere").problem(404);
    ana.ended(ana.accepted(MetricsIT.failing()));
    collectGarbage();
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(MonitoringIT::scrape, now -> now.names().contains("jvm_gc_pause_seconds_count"));
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

  /** The second round of anything has its series already. */
  @Test
  void whatSomebodyMakesUpMakesNoSeries() {
    makeUp(0);
    scrape();
    Set<String> before = series();
    assertThat(before).hasSizeGreaterThan(100);
    for (int at = 1; at <= 50; at++) {
      makeUp(at);
    }
    assertThat(series()).isEqualTo(before);
  }

  private static Set<String> series() {
    return scrape().samples().keySet().stream()
        .filter(each -> each.startsWith("diferido_"))
        .collect(Collectors.toSet());
  }

  private static void makeUp(int at) {
    anybody.get("/nowhere" + at).problem(404);
    anybody.get("/jobs/" + at + "/" + at).problem(404);
    ana.get("/jobs/" + at).problem(404);
    ana.get("/jobs/" + at + "/events").problem(404);
    ana.submit("{\"name\":\"NOBODYS_" + at + "\"}").problem(404);
  }

  @Test
  void eachIsDescribedAndNothingElseIs() throws IOException {
    Set<String> families =
        full().types().keySet().stream()
            .map(MonitoringIT::withoutItsLargest)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> described = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
      Matcher row = Pattern.compile("\\| `([a-z0-9_]+)` \\|.*").matcher(line);
      if (row.matches()) {
        assertThat(line.split("\\|")).as(line).hasSizeGreaterThanOrEqualTo(5);
        assertThat(described.add(row.group(1))).as("once: " + line).isTrue();
      }
    }
    assertThat(described.stream().filter(MonitoringIT::isEverywhere))
        .containsExactlyElementsOf(families.stream().filter(MonitoringIT::isEverywhere).toList());
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
    // JSON is YAML as well.
    Map<?, ?> dashboard = (Map<?, ?>) yaml("server-config/grafana/diferido.json");
    expressions(dashboard.get("panels"), "expr", expressions);
    assertThat(expressions).hasSizeGreaterThanOrEqualTo(15);
    expressions(dashboard.get("templating"), "definition", expressions);
    assertThat(expressions).anyMatch(each -> each.startsWith("label_values("));
    assertAllKnown(expressions, known);
    Set<String> shown =
        expressions.stream()
            .flatMap(each -> OURS.matcher(each).results())
            .map(each -> PART.matcher(each.group()).replaceFirst(""))
            .collect(Collectors.toSet());
    Set<String> all =
        MetricsIT.ours(full()).stream()
            .map(each -> PART.matcher(each).replaceFirst(""))
            .collect(Collectors.toSet());
    assertThat(shown).containsAll(all);
  }

  private static void assertAllKnown(List<String> expressions, Set<String> known) {
    for (String expression : expressions) {
      assertThat(OURS.matcher(expression).results().map(each -> each.group()))
          .as(expression)
          .allSatisfy(name -> assertThat(known).contains(name));
    }
  }

  @Test
  void connectionsInUseAreTold() {
    String id = ana.accepted(Calls.sleeping("60"));
    await().until(() -> ana.job(id).getString("state").equals("running"));
    assertThat(scrape().value("diferido_pool_used", "pool", "procedures"))
        .isGreaterThanOrEqualTo(1);
    ana.post("/jobs/" + id + "/cancel");
    ana.ended(id);
    await()
        .untilAsserted(
            () -> {
              assertThat(scrape().value("diferido_pool_used", "pool", "procedures")).isZero();
              assertThat(scrape().value("diferido_pool_used", "pool", "registry")).isZero();
            });
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
    assertThat(scrape().value("diferido_ready", "part", "queue")).isEqualTo(1);
  }
}
