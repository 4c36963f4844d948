package org.diferido.it;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the server of this run, with tokens of the demo. */
@EnabledIfSystemProperty(named = Contract.FILE, matches = ".+", disabledReason = "no check given")
class ContractIT {

  @Test
  void isKept(@TempDir Path folder) throws Exception {
    try (ServiceProcess service = ServiceProcess.demo(folder, Map.of())) {
      Client ana = service.as("ana.gomez");
      // It holds the service to its times, which count once it is warm.
      ana.ended(ana.accepted(Calls.echo("x")));
      Contract.check(
          service.port(),
          service.tokenOf("ana.gomez").orElseThrow(),
          service.tokenOf("diego.ruiz").orElseThrow());
    }
  }
}
