package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pools of oracle.asadmin with Oracle's own driver, where no Oracle is. */
class PayaraOracleIT {

  private static final String PASSWORD = "clave: de$1 {prueba}";

  @Test
  void withoutADatabaseItStartsAndIsNotReadyAndKeepsThePasswordToItself(@TempDir Path folder)
      throws Exception {
    Issuer issuer = new Issuer();
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.putAll(nowhere());
    environment.put("DIFERIDO_ACCESS", "procedure-caller=*");
    try (ServiceProcess service = ServiceProcess.pooled(folder, "oracle", environment)) {
      Client ana = service.client(issuer.token("ana.gomez", "procedure-caller"));
      Client.Answer ready = ana.get("/health/ready");
      assertThat(ready.status()).as(ready.text()).isEqualTo(503);
      assertThat(ready.text())
          .contains(
              "\"security\":\"ok\"",
              "no connection to the database of the procedures",
              "no connection to the job registry");
      assertThat(ana.submit(Calls.SEED).problem(503).getString("code"))
          .isEqualTo("DATABASE_UNAVAILABLE");
      assertThat(ana.get("/jobs").problem(503).getString("code")).isEqualTo("REGISTRY_UNAVAILABLE");
      assertThat(service.log())
          .contains("ORA-12541")
          .doesNotContain(PASSWORD)
          .doesNotContainPattern("Boot Command .* returned with result (WARNING|FAILURE)");
    }
  }

  private static Map<String, String> nowhere() throws Exception {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "jdbc:oracle:thin:@//127.0.0.1:" + free.getLocalPort() + "/NOWHERE";
    }
    return Map.of(
        "DIFERIDO_ORACLE_URL", url,
        "DIFERIDO_ORACLE_USER", "diferido",
        "DIFERIDO_ORACLE_PASSWORD", PASSWORD,
        "DIFERIDO_REGISTRY_URL", url,
        "DIFERIDO_REGISTRY_USER", "diferido",
        "DIFERIDO_REGISTRY_PASSWORD", PASSWORD);
  }
}
