package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With neither demo mode nor an issuer configured, nobody gets in. */
class LockedIT {

  @Test
  void everyCallIsRefusedAndReadinessSaysWhy(@TempDir Path folder) throws Exception {
    try (ServiceProcess service = ServiceProcess.unconfigured(folder)) {
      Client anybody = service.client(null);
      Client forger = service.client("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ4In0.");
      for (Client client : List.of(anybody, forger)) {
        for (String path :
            List.of(
                "/ping",
                "/jobs",
                "/metrics",
                "/demo/tokens",
                "/ui/config",
                "/system",
                "/nowhere")) {
          assertThat(client.get(path).problem(503).getString("code")).isEqualTo("NOT_CONFIGURED");
        }
        assertThat(client.submit(Calls.SEED).problem(503).getString("error"))
            .contains("mp.jwt.verify.issuer");
      }
      assertThat(anybody.get("/health/ready").status()).isEqualTo(503);
      assertThat(anybody.get("/health/ready").text())
          .contains("\"security\":\"not configured: mp.jwt.verify.issuer");
      assertThat(anybody.get("/health/live").status()).isEqualTo(200);
      assertThat(anybody.get("/").status()).isEqualTo(200);
      assertThat(service.log()).doesNotContain("DEMO MODE");
    }
  }
}
