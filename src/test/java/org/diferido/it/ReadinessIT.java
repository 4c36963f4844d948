package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.diferido.metrics.MeterText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readiness tells without being DOWN for it: no node is taken out of a balancer. */
class ReadinessIT {

  @Test
  void anIssuerThatIsAwayIsTold(@TempDir Path folder) throws Exception {
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    issuer.start();
    String at = "http://127.0.0.1:" + issuer.getAddress().getPort();
    Map<String, String> environment =
        Map.of(
            "MP_JWT_VERIFY_ISSUER",
            at,
            "MP_JWT_VERIFY_AUDIENCES",
            "diferido",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            at + "/certs");
    try (ServiceProcess service = ServiceProcess.demoBehind(folder, environment)) {
      service.awaitAnswer();
      Client anybody = service.client(null);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> told(anybody, "issuer"), told -> told.equals("answers 500"));
      assertThat(anybody.get("/health/ready").status()).isEqualTo(200);
      MeterText metrics = MetricsIT.read(anybody.get("/metrics"), false);
      assertThat(metrics.value("diferido_ready", "part", "issuer")).isZero();
      assertThat(metrics.value("diferido_ready", "part", "security")).isEqualTo(1);
    } finally {
      issuer.stop(0);
    }
  }

  @Test
  void aFullQueueIsTold(@TempDir Path folder) throws Exception {
    Map<String, String> settings = Map.of("diferido.workers", "1", "diferido.queue.capacity", "1");
    try (ServiceProcess service = ServiceProcess.demo(folder, settings)) {
      Client anybody = service.client(null);
      Client ana = service.as("ana.gomez");
      assertThat(told(anybody, "queue")).isEqualTo("0 of 1");
      String running = ana.accepted(Calls.sleeping("60"));
      String queued = ana.accepted(Calls.sleeping("60"));
      service.as("diego.ruiz").submit(Calls.echo("x")).problem(503);
      await().until(() -> told(anybody, "queue"), told -> told.equals("full: 1 of 1"));
      assertThat(anybody.get("/health/ready").status()).isEqualTo(200);
      MeterText metrics = MetricsIT.read(anybody.get("/metrics"), false);
      assertThat(metrics.value("diferido_ready", "part", "queue")).isZero();
      assertThat(metrics.sum("diferido_queue_jobs")).isEqualTo(1);
      assertThat(metrics.sum("diferido_http_problems_total", "code", "QUEUE_FULL")).isEqualTo(1);
      ana.post("/jobs/" + queued + "/cancel");
      ana.post("/jobs/" + running + "/cancel");
    }
  }

  private static String told(Client client, String part) {
    JsonObject check = client.get("/health/ready").json().getJsonArray("checks").getJsonObject(0);
    return check.getJsonObject("data").getString(part);
  }
}
