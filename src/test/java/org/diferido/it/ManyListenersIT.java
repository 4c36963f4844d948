package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand who wait for one job on one node, half of them by a request that is held and half of
 * them by a stream: all are told. How late, and what it costs the node, is printed.
 */
class ManyListenersIT {

  private static final int EACH = 1000;

  @TempDir Path folder;

  @Test
  void allAreTold() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.demo(folder, Map.of("diferido.waiting.per-caller", "" + 3 * EACH))) {
      Client ana = service.as("ana.gomez");
      ana.ended(ana.accepted(Calls.echo("x")));
      String before = usage(service);
      String id = ana.accepted(Calls.sleeping("25"));
      await().until(() -> ana.job(id).getString("state").equals("running"));
      Instant begun = Instant.now();
      HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      AtomicInteger told = new AtomicInteger();
      AtomicLong last = new AtomicLong();
      List<CompletableFuture<?>> answers = new ArrayList<>();
      for (int at = 0; at < EACH; at++) {
        answers.add(
            http.sendAsync(get(ana, "/jobs/" + id + "?wait=30"), BodyHandlers.ofString())
                .thenAccept(answer -> count(answer, told, last)));
        answers.add(
            http.sendAsync(get(ana, "/jobs/" + id + "/events"), BodyHandlers.ofString())
                .thenAccept(answer -> count(answer, told, last)));
      }
      await("all of them to listen")
          .atMost(Duration.ofSeconds(24))
          .until(() -> connections(service) >= 2 * EACH);
      String meanwhile = usage(service);
      System.out.printf(
          "listeners: %d within %d ms; before: %s; meanwhile: %s%n",
          2 * EACH, Duration.between(begun, Instant.now()).toMillis(), before, meanwhile);
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
      Instant end = Instant.parse(ana.job(id).getString("end_time"));
      System.out.printf(
          "listeners: the last was told %d ms after the end; afterwards: %s%n",
          last.get() - end.toEpochMilli(), usage(service));
      assertThat(told).hasValue(2 * EACH);
    }
  }

  private static HttpRequest get(Client client, String path) {
    return HttpRequest.newBuilder(URI.create(client.base() + path))
        .header("Authorization", "Bearer " + client.token())
        .timeout(Duration.ofSeconds(90))
        .build();
  }

  private static void count(HttpResponse<String> answer, AtomicInteger told, AtomicLong last) {
    if (answer.statusCode() == 200 && answer.body().contains("\"status\":\"completed\"")) {
      told.incrementAndGet();
      last.accumulateAndGet(System.currentTimeMillis(), Math::max);
    }
  }

  /** Of the server, established (Linux). */
  private static long connections(ServiceProcess service) throws IOException {
    String port = String.format(":%04X", service.port());
    long count = 0;
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      count +=
          Files.readAllLines(Path.of(table)).stream()
              .map(line -> line.strip().split("\\s+"))
              .filter(parts -> parts[1].endsWith(port) && parts[3].equals("01"))
              .count();
    }
    return count;
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
