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

/** An issuer whose keys cannot be had is told, and takes no node out of a balancer. */
class IssuerAwayIT {

  @Test
  void itIsToldAndTheNodeIsReadyAllTheSame(@TempDir Path folder) throws Exception {
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
          .until(() -> issuerIn(anybody), told -> told.equals("answers 500"));
      assertThat(anybody.get("/health/ready").status()).isEqualTo(200);
      MeterText metrics = MetricsIT.read(anybody.get("/metrics"), false);
      assertThat(metrics.value("diferido_ready", "part", "issuer")).isZero();
      assertThat(metrics.value("diferido_ready", "part", "security")).isEqualTo(1);
    } finally {
      issuer.stop(0);
    }
  }

  private static String issuerIn(Client client) {
    JsonObject check = client.get("/health/ready").json().getJsonArray("checks").getJsonObject(0);
    return check.getJsonObject("data").getString("issuer");
  }
}
