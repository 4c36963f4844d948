package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the jobs when the service dies, and when it is stopped. */
class CrashIT {

  private static final Map<String, String> TWO_WORKERS =
      Map.of(
          "diferido.workers", "2",
          "diferido.workers.per-caller", "2",
          "diferido.demo.seconds", "3");

  @Test
  @Tag(ServiceProcess.ANY_SERVER)
  void afterAKillTheEndedAreThereTheQueuedRunAndTheRunningAreLost(@TempDir Path folder)
      throws Exception {
    List<String> ended;
    List<String> running;
    List<String> queued;
    try (ServiceProcess service = ServiceProcess.demo(folder, TWO_WORKERS)) {
      Client ana = service.as("ana.gomez");
      ended = List.of(ana.accepted(Calls.SEED), ana.accepted(Calls.echo("ñandú €")));
      ended.forEach(ana::ended);
      running = IntStream.range(0, 2).mapToObj(i -> ana.accepted(Calls.sleeping("600"))).toList();
      queued = IntStream.range(0, 5).mapToObj(i -> ana.accepted(Calls.echo("n" + i))).toList();
      running.forEach(id -> assertThat(ana.job(id).getString("state")).isEqualTo("running"));
      queued.forEach(id -> assertThat(ana.job(id).getString("status")).isEqualTo("pending"));
      service.kill();
    }
    try (ServiceProcess service = ServiceProcess.demo(folder, TWO_WORKERS)) {
      Client ana = service.as("ana.gomez");
      running.forEach(id -> assertLost(ana.job(id)));
      JsonObject seed = ana.job(ended.get(0));
      assertThat(seed.getString("status")).isEqualTo("completed");
      assertThat(seed.getJsonObject("result").getInt("vRESULTADO")).isEqualTo(12500);
      assertThat(ana.job(ended.get(1)).getJsonObject("result").getString("p_output"))
          .isEqualTo("Procesado: ñandú €");
      for (int i = 0; i < queued.size(); i++) {
        JsonObject job = ana.ended(queued.get(i));
        assertThat(job.getString("status")).isEqualTo("completed");
        assertThat(job.getJsonObject("result").getString("p_output")).isEqualTo("Procesado: n" + i);
      }
      running.forEach(id -> assertLost(ana.job(id)));
      assertThat(ana.get("/jobs").json().getInt("total")).isEqualTo(9);
    }
  }

  @Test
  void anOrderlyStopLosesNothingQueuedAndSecretsDoNotOutliveIt(@TempDir Path folder)
      throws Exception {
    String running;
    String queued;
    String secret;
    Map<String, String> brief = Map.of("diferido.workers", "1", "diferido.stop.grace", "PT1S");
    try (ServiceProcess service = ServiceProcess.demo(folder, brief)) {
      Client ana = service.as("ana.gomez");
      String sleeping = ana.accepted(Calls.sleeping("600"));
      await().until(() -> ana.job(sleeping).getString("state").equals("running"));
      running = sleeping;
      queued = ana.accepted(Calls.echo("después"));
      secret =
          ana.accepted(
              """
              {"name":"PROC_TEST_CLAVE","params":[{"name":"p_usuario","value":"u"},
              {"name":"p_clave","value":"s3creta-larga"}]}""");
    }
    try (ServiceProcess service = ServiceProcess.demo(folder, Map.of("diferido.workers", "1"))) {
      Client ana = service.as("ana.gomez");
      JsonObject stopped = ana.job(running);
      assertThat(stopped.getString("state")).as(stopped.toString()).isEqualTo("cancelled");
      assertThat(stopped.getJsonObject("error_detail").getString("code")).isEqualTo("NODE_STOPPED");
      assertThat(ana.ended(queued).getJsonObject("result").getString("p_output"))
          .isEqualTo("Procesado: después");
      JsonObject unkept = ana.ended(secret);
      assertThat(unkept.getString("state")).isEqualTo("failed");
      assertThat(unkept.getJsonObject("error_detail").getString("code"))
          .isEqualTo("SECRETS_NOT_KEPT");
      assertThat(service.log()).doesNotContain("s3creta-larga");
    }
  }

  @Test
  void whileItStopsItAnswersIsNotReadyAndLetsItsCallsEnd(@TempDir Path folder) throws Exception {
    String running;
    Map<String, String> patient = Map.of("diferido.stop.grace", "PT60S");
    try (ServiceProcess service = ServiceProcess.demo(folder, patient)) {
      Client ana = service.as("ana.gomez");
      Client probe = service.client(null);
      assertThat(probe.get("/health/ready").status()).isEqualTo(200);
      running = ana.accepted(Calls.sleeping("5"));
      String id = running;
      await().until(() -> ana.job(id).getString("state").equals("running"));
      service.terminate();
      await().until(() -> probe.get("/health/ready").status() == 503);
      assertThat(probe.get("/health/ready").json().toString()).contains("\"node\":\"stopping\"");
      assertThat(ana.job(running).getString("state")).isEqualTo("running");
    }
    try (ServiceProcess service = ServiceProcess.demo(folder, Map.of())) {
      JsonObject job = service.as("ana.gomez").job(running);
      assertThat(job.getString("state")).as(job.toString()).isEqualTo("succeeded");
    }
  }

  @Test
  @Tag(ServiceProcess.ANY_SERVER)
  void aSecondServiceOnTheSameFolderIsNotReadyAndHarmsNothing(@TempDir Path folder)
      throws Exception {
    try (ServiceProcess first = ServiceProcess.demo(folder, TWO_WORKERS)) {
      Client ana = first.as("ana.gomez");
      String job = ana.accepted(Calls.sleeping("600"));
      try (ServiceProcess second = ServiceProcess.demo(folder, TWO_WORKERS)) {
        await("the second to say that it is not ready")
            .atMost(Duration.ofSeconds(60))
            .until(() -> second.client(null).get("/health/ready").status() == 503);
        second.as("ana.gomez").submit(Calls.echo("x")).problem(503);
      }
      assertThat(ana.job(job).getString("state")).isEqualTo("running");
    }
  }

  private static void assertLost(JsonObject job) {
    assertThat(job.getString("status")).isEqualTo("failed");
    assertThat(job.getString("state")).isEqualTo("lost");
    assertThat(job.getString("error")).contains("no se sabe si el procedimiento terminó");
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(job.getInt("attempt")).isEqualTo(1);
    assertThat(job).doesNotContainKey("result");
  }
}
