package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.database.postgresql.Postgres17;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A million rows through a server of 512 MiB, whose jobs and procedures are in a real PostgreSQL:
 * {@code mvn verify -Pvolume}. What it took is in {@code target/volume/report.txt}.
 */
class ResultsVolumeIT {

  private static final int ROWS = 1_000_000;

  /** By how much the heap in use may differ, however many rows there are. */
  private static final long FLAT = 48L << 20;

  /** Bytes, when most of every file is still to come, much more than connections hold. */
  private static final long MIDDLE = 8L << 20;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int COUNTS = 4;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private static final String PROCEDURES =
      """
      CREATE SCHEMA pkg_volumen;
      CREATE PROCEDURE pkg_volumen.filas(cuantas integer, OUT c refcursor) LANGUAGE plpgsql
      AS $$ BEGIN
        OPEN c FOR SELECT n AS fila, 'texto distinto de cada fila, número ' || n AS texto,
                          n * 1.25 AS importe, timestamp '2025-01-01' + n * interval '1 second' AS cuando,
                          n % 2 = 0 AS par, CASE n % 7 WHEN 0 THEN NULL ELSE md5(n::text) END AS huella
                     FROM generate_series(1, cuantas) n;
      END $$;
      """;

  private final PGSimpleDataSource database = Postgres17.newDatabase();
  private final List<String> report = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String token;

  @Test
  void aMillionRowsGoThroughAServerOfHalfAGigabyte(@TempDir Path folder) throws Exception {
    Postgres17.execute(database, PROCEDURES, RoleScripts.role(), RoleScripts.grants("pkg_volumen"));
    Issuer issuer = new Issuer();
    token = issuer.token("ana.gomez", "procedure-caller");
    try (ServiceProcess service =
        ServiceProcess.pooled(folder, "postgresql", environment(issuer))) {
      Client ana = service.client(token).withPatience(PATIENCE);
      String warm = completed(ana, 2000);
      downloaded(ana, warm, "csv", "text/csv", service);
      long before = used(service);
      tell("heap before", before);

      long begin = System.nanoTime();
      String id = ana.accepted(rows(ROWS));
      long during = most(ana, id, service);
      tell("job of a million rows, s", seconds(begin));
      tell("heap while it runs, at most", during);
      assertThat(during - before).isLessThan(FLAT);
      JsonObject job = ana.job(id);
      tell("of it reading and storing, s", job.getJsonObject("timing").getInt("fetch_ms") / 1000.0);
      assertThat(job.getJsonObject("result").getJsonObject("c").getInt("row_count"))
          .isEqualTo(ROWS);
      tell("heap after the job", used(service));
      tell(
          "in the database",
          Postgres17.column(
                  database,
                  "SELECT pg_size_pretty(sum(length(data))) || ' in ' || count(*) || ' chunks'"
                      + " FROM diferido.diferido_result_chunks")
              .get(0));

      Map<String, String> types =
          Map.of(
              "csv",
              "text/csv",
              "ndjson",
              "application/x-ndjson",
              "xlsx",
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
      for (String format : List.of("csv", "ndjson", "xlsx")) {
        Download download = downloaded(ana, id, format, types.get(format), service);
        assertThat(download.heap - before).isLessThan(FLAT);
        switch (format) {
          case "csv" -> assertThat(download.lines).isEqualTo(ROWS + 1);
          case "ndjson" -> assertThat(download.lines).isEqualTo(ROWS);
          default -> assertThat(download.bytes).isGreaterThan(ROWS);
        }
      }
      long after = used(service);
      tell("heap after the downloads", after);
      assertThat(after - before).isLessThan(FLAT);

      removed(ana, id);
      assertThat(service.log()).doesNotContain("OutOfMemoryError");
    } finally {
      Path to = Files.createDirectories(Path.of("target/volume")).resolve("report.txt");
      Files.write(to, report);
      report.forEach(System.out::println);
    }
  }

  private Map<String, String> environment(Issuer issuer) {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                database.getServerNames()[0],
                database.getPortNumbers()[0],
                database.getDatabaseName());
    for (String pool : new String[] {"POSTGRESQL", "REGISTRY"}) {
      environment.put("DIFERIDO_" + pool + "_URL", url);
      environment.put("DIFERIDO_" + pool + "_USER", "diferido");
      environment.put("DIFERIDO_" + pool + "_PASSWORD", "clave");
    }
    environment.put("DIFERIDO_ACCESS", "procedure-caller=*");
    return environment;
  }

  private static String rows(int count) {
    return """
        {"name":"PKG_VOLUMEN.FILAS","params":[{"name":"cuantas","value":%d}]}"""
        .formatted(count);
  }

  /** How much of the heap is in use while a job runs, at most, until it is completed. */
  private static long most(Client client, String id, ServiceProcess service)
      throws IOException, InterruptedException {
    long most = 0;
    while (!client.job(id).getString("status").equals("completed")) {
      assertThat(client.job(id).getString("status")).isNotEqualTo("failed");
      most = Math.max(most, used(service));
    }
    return most;
  }

  private static String completed(Client client, int rows) {
    String id = client.accepted(rows(rows));
    JsonObject job =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(() -> client.job(id), each -> !each.getString("status").equals("running"));
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    return id;
  }

  /**
   * What came.
   *
   * @param heap in use by the server in the middle of it, when it cannot go on, since the client
   *     takes nothing
   */
  private record Download(long bytes, long lines, long heap) {}

  private Download downloaded(
      Client client, String id, String format, String type, ServiceProcess service)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(client.base() + "/jobs/" + id + "/results/c?format=" + format))
            .header("Authorization", "Bearer " + token)
            .build();
    long begin = System.nanoTime();
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith(type);
    long bytes = 0;
    long lines = 0;
    long heap = 0;
    try (InputStream body = answer.body()) {
      byte[] piece = new byte[64 * 1024];
      int length = body.read(piece);
      double first = seconds(begin);
      while (length >= 0) {
        bytes += length;
        lines +=
            new String(piece, 0, length, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(each -> each == '\n')
                .count();
        if (heap == 0 && bytes > MIDDLE) {
          heap = used(service);
          tell("heap in the middle of " + format, heap);
        }
        length = body.read(piece);
      }
      tell(
          format,
          "%.1f MB, first byte after %.3f s, all after %.1f s"
              .formatted(bytes / 1e6, first, seconds(begin)));
    }
    return new Download(bytes, lines, heap);
  }

  private void removed(Client client, String id) {
    long begin = System.nanoTime();
    assertThat(client.delete("/jobs/" + id).status()).isEqualTo(200);
    tell("removal, s", seconds(begin));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                Postgres17.column(
                        database,
                        "SELECT count(*) FROM diferido.diferido_results"
                            + " WHERE job_id IS NULL OR job_id = '"
                            + id
                            + "'")
                    .equals(List.of("0")));
  }

  private void tell(String what, Object figure) {
    report.add(
        "%-40s %s".formatted(what, figure instanceof Long heap ? (heap >> 20) + " MiB" : figure));
  }

  private static double seconds(long begin) {
    return Math.round((System.nanoTime() - begin) / 1e6) / 1e3;
  }

  /**
   * What is alive in the heap, in bytes: counted after a collection, while all else waits. The
   * collection is left out while a thread compresses, so the least of several counts.
   */
  private static long used(ServiceProcess service) throws IOException, InterruptedException {
    long least = Long.MAX_VALUE;
    for (int time = 0; time < COUNTS; time++) {
      Matcher total = TOTAL.matcher(jcmd(service, "GC.class_histogram"));
      assertThat(total.find()).isTrue();
      least = Math.min(least, Long.parseLong(total.group(1)));
    }
    return least;
  }

  private static String jcmd(ServiceProcess service, String command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + service.pid(),
                command)
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }
}
