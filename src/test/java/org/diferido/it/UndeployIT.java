package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is taken out of a server that goes on, and put into it again. */
class UndeployIT {

  @Test
  void whatRunsEndsOnRecordNothingStaysBehindAndTheQueueIsTakenUp(@TempDir Path folder)
      throws Exception {
    Map<String, String> settings =
        Map.of(
            "diferido.workers", "1",
            "diferido.stop.grace", "PT1S");
    try (DeployingServer server = DeployingServer.start(folder, settings)) {
      server.deploy();
      Client ana = server.as("ana.gomez");
      String running = ana.accepted(Calls.sleeping("600"));
      await().until(() -> ana.job(running).getString("state").equals("running"));
      String queued = ana.accepted(Calls.echo("después"));
      assertThat(ana.get("/metrics").status()).isEqualTo(200);
      assertThat(server.threadsAtWork()).as("while it works").isNotEmpty();
      server.undeploy();
      await("its threads to be gone")
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.threadsAtWork().isEmpty());
      server.deploy();
      JsonObject stopped = server.as("ana.gomez").job(running);
      assertThat(stopped.getString("state")).as(stopped.toString()).isEqualTo("cancelled");
      assertThat(stopped.getJsonObject("error_detail").getString("code")).isEqualTo("NODE_STOPPED");
      assertThat(server.as("ana.gomez").ended(queued).getJsonObject("result").getString("p_output"))
          .isEqualTo("Procesado: después");
    }
  }
}
