package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.nio.file.Path;
import java.util.Map;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.Relay;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A page that stays open while the service is stopped and started, with other keys. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleRestartIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  /** Of a service that starts, and a page that asks every half minute at the latest. */
  private static final HasTextOptions PATIENTLY = new HasTextOptions().setTimeout(180_000);

  @TempDir Path folder;

  @Test
  void pageAndFormOutliveTheService() throws Exception {
    ServiceProcess service = ServiceProcess.demo(folder, Map.of());
    try (Relay relay = new Relay(service.port())) {
      Visitor ana = CONSOLE.visitor(relay.port(), options -> options);
      ana.signsIn("ana.gomez", "");
      RunForm form = new RunForm(ana).of("SUMA").fill("A", "7");
      String before = form.fill("B", "1").run().says("Completado").id();
      form.of("SUMA").fill("A", "40");
      ana.page().evaluate("window.stayed = true");
      service.close();
      assertThat(ana.connection()).hasText("Sin conexión", PATIENTLY);
      form.fill("B", "2");
      assertThat(form.submit()).isDisabled();
      service = ServiceProcess.demo(folder, Map.of());
      relay.leadsTo(service.port());
      assertThat(ana.connection()).hasText("En vivo", PATIENTLY);
      assertThat(form.run().says("Completado").values()).containsText("42");
      JobsScreen list = new JobsScreen(ana).with("procedure=SUMA");
      assertThat(list.rows()).hasCount(2);
      assertThat(list.state(before)).hasText("Completado");
      assertThat(ana.page().evaluate("window.stayed")).isEqualTo(true);
    } finally {
      service.close();
    }
  }
}
