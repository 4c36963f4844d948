package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ui/ejemplo.html} as a person uses it, in a real browser. */
class ExamplePageIT {

  private static final double PATIENCE_MILLIS = 60_000;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static ServiceProcess service;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.open();
    service = ServiceProcess.demo(folder, Map.of("diferido.demo.seconds", "12"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openThePage() {
    context = chromium.browser().newContext();
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    page.navigate("http://localhost:" + service.port() + "/ui/ejemplo.html");
    assertThat(page.getByLabel("Token")).hasValue(Pattern.compile("ey.*"));
  }

  @AfterEach
  void closeThePage() {
    context.close();
    assertThat(complaints).isEmpty();
  }

  private void launch(String name, String params) {
    page.getByLabel("Procedimiento").fill(name);
    page.getByLabel("Parámetros (JSON)").fill(params);
    button("Generar reporte").click();
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static ContainsTextOptions patiently() {
    return new ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  private byte[] downloaded(String label) throws IOException {
    Download download = page.waitForDownload(() -> button(label).click());
    try (InputStream bytes = download.createReadStream()) {
      return bytes.readAllBytes();
    }
  }

  @Test
  void aReportIsLaunchedFollowedAndDownloaded() throws Exception {
    button("Generar reporte").click();
    assertThat(page.getByRole(AriaRole.STATUS))
        .containsText("Reporte listo para descargar", patiently());
    List<String> rows = new String(downloaded("CSV"), StandardCharsets.UTF_8).lines().toList();
    assertThat(rows).hasSizeGreaterThan(100);
    assertThat(rows.get(0)).contains("FECHA", "IMPORTE");
    assertThat(new String(downloaded("Excel"), StandardCharsets.ISO_8859_1)).startsWith("PK");
    assertThat(new String(downloaded("NDJSON"), StandardCharsets.UTF_8).lines())
        .hasSize(rows.size() - 1);
  }

  @Test
  void aPageThatIsOpenedAgainGoesOnWithItsJob() {
    launch("PKG_ETL.PROCESO_LARGO", "[{\"name\":\"vFECHA\",\"value\":\"2025-12-10\"}]");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("En curso", patiently());
    page.waitForFunction("() => document.getElementById('progress').value > 0");
    page.reload();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("En curso", patiently());
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("listo", patiently());
    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasJSProperty("value", 100);
  }

  @Test
  void aJobIsCancelled() {
    launch("PROC_TEST_DEMORA", "[{\"name\":\"segundos\",\"value\":600}]");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("En curso", patiently());
    button("Cancelar").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("No terminó bien", patiently());
  }

  @Test
  void whatIsRefusedIsToldWithItsPlace() {
    launch("PKG_REPORTES.GENERAR_MENSUAL", "[{\"name\":\"vMES\",\"value\":\"diciembre\"}]");
    assertThat(page.getByRole(AriaRole.ALERT))
        .containsText("/params/0/value: se espera un número", patiently());
  }

  @Test
  void whatAProcedureGivesIsTextAndNothingElse() {
    launch("PROC_TEST", "[{\"name\":\"p_input\",\"value\":\"<img src=x onerror=alert(1)>\"}]");
    assertThat(page.locator("#files")).containsText("<img src=x onerror=alert(1)>", patiently());
    assertThat(page.locator("#files img").count()).isZero();
  }
}
