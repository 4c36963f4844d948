package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand who wait for one job on one node, half of them by a request that is held and half of
 * them by a stream: all are told. How late, and what it costs the node, is printed; the first
 * rounds are of a JVM that has only begun.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what it costs is read from /proc")
class ManyListenersIT {

  private static final int EACH = 1000;
  private static final int ROUNDS = 4;

  @TempDir Path folder;

  @Test
  void allAreTold() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.demo(folder, Map.of("diferido.waiting.per-caller", "" + 3 * EACH))) {
      Client ana = service.as("ana.gomez");
      System.out.printf("listeners: before them %s%n", usage(service));
      for (int round = 1; round <= ROUNDS; round++) {
        assertAllAreTold(round, service, ana);
      }
    }
  }

  private static void assertAllAreTold(int round, ServiceProcess service, Client ana)
      throws IOException {
    String id = ana.accepted(Calls.sleeping("12"));
    await().until(() -> ana.job(id).getString("state").equals("running"));
    try (Crowd crowd = new Crowd()) {
      for (int at = 0; at < EACH; at++) {
        crowd.join(ana, "/jobs/" + id + "?wait=30");
        crowd.join(ana, "/jobs/" + id + "/events");
      }
      crowd.listen(Duration.ofSeconds(10));
      String meanwhile = usage(service);
      assertThat(crowd.listen(Duration.ofSeconds(60))).isEqualTo(2 * EACH);
      Instant end = Instant.parse(ana.job(id).getString("end_time"));
      System.out.printf(
          "listeners: round %d, the last of %d was told %d ms after the end; %s%n",
          round, 2 * EACH, Duration.between(end, crowd.last()).toMillis(), meanwhile);
    }
  }

  private static String usage(ServiceProcess service) throws IOException {
    List<String> lines =
        Files.readAllLines(
            Path.of("/proc", "" + service.pid(), "status"), StandardCharsets.US_ASCII);
    return lines.stream()
        .filter(line -> line.startsWith("Threads:") || line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }
}
