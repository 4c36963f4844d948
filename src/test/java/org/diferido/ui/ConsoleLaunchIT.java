package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the catalogue to the file on one's own disk. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleLaunchIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final String REPORT = "PKG_REPORTES.GENERAR_MENSUAL";
  private static final int ROWS = 31 * 10 * 12;

  @Test
  void aReportIsFoundFilledInAndItsRowsAreShown() {
    Visitor ana = CONSOLE.visitor("ana.gomez");
    ana.link("Ejecutar un procedimiento").first().click();
    assertThat(ana.heading()).hasText("¿Qué quiere ejecutar?");
    ana.page().getByRole(AriaRole.SEARCHBOX).fill("mensual");
    assertThat(ana.page().locator(".catalogue li")).hasCount(1);
    ana.presses("Enter");
    RunForm form = new RunForm(ana);
    assertThat(ana.heading()).hasText(REPORT);
    form.fill("VMES", "12").fill("VANIO", "2025");
    assertThat(form.call()).containsText("\"value\":\"2025\"");
    JobScreen job = form.run().says("Completado");
    assertThat(job.values()).containsText("3.720");
    assertThat(job.panel("Resultado")).containsText("3.720 filas · 6 columnas");
    assertThat(job.rows()).hasCount(20);
    assertThat(job.rows().first()).containsText("2025-12-01");
    ana.button("Mostrar más filas").click();
    assertThat(job.rows()).hasCount(120);
  }

  @Test
  void everyFileOfAResultIsReceived() throws Exception {
    TestJobs jobs = CONSOLE.jobs();
    Visitor ana = CONSOLE.visitor("ana.gomez");
    JobScreen job = new JobScreen(ana).of(jobs.report("ana.gomez")).says("Completado");
    assertThat(job.primary().first()).hasText("Descargar en Excel");
    Visitor.Received book = ana.downloads(ana.button("Descargar en Excel"));
    assertThat(book.name()).endsWith(".xlsx");
    assertThat(new String(book.bytes(), StandardCharsets.ISO_8859_1)).startsWith("PK");
    String[] csv = received(ana, "CSV", ".csv").split("\r\n");
    assertThat(csv).hasSize(1 + ROWS);
    assertThat(csv[0]).contains("FECHA", "REGION", "IMPORTE");
    String lines = received(ana, "NDJSON", ".ndjson");
    assertThat(lines.lines()).hasSize(ROWS).allMatch(line -> line.startsWith("{\"FECHA\":"));
    JsonArray rows = array(received(ana, "JSON", ".json"));
    assertThat(rows).hasSize(ROWS);
    assertThat(rows.getJsonObject(ROWS - 1))
        .isEqualTo(object(lines.lines().toList().get(ROWS - 1)));
    assertThat(ana.toast()).containsText("descargado");
  }

  private static JsonArray array(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readArray();
    }
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static String received(Visitor visitor, String format, String ending) throws IOException {
    Visitor.Received file =
        visitor.downloads(visitor.button("Descargar result_set_1 en " + format));
    assertThat(file.name()).endsWith(ending);
    return new String(file.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aFileThatAProcedureReturnsIsReceivedAsItIs() throws Exception {
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/run/PKG_REPORTES.ARCHIVO?vPIEZAS=3");
    new RunForm(ana).run().says("Completado");
    Locator file =
        ana.page()
            .locator(".file")
            .filter(new Locator.FilterOptions().setHasText("VARCHIVO"))
            .getByRole(AriaRole.BUTTON);
    assertThat(ana.downloads(file).bytes()).hasSize(3 * 16).startsWith(0, 1, 2, 3);
  }

  @Test
  void progressMovesWhileOneLooksAndTheEndIsTold() {
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/run/PKG_ETL.PROCESO_LARGO?vFECHA=2025-12-10");
    RunForm form = new RunForm(ana);
    assertThat(form.field("VFECHA")).hasValue("2025-12-10");
    JobScreen job = form.run().says("En curso");
    assertThat(job.numbers()).containsText("según el procedimiento");
    assertThat(job.numbers()).containsText(Pattern.compile("Lote \\d+ de 50"));
    double before = ((Number) job.progress().evaluate("bar => bar.value")).doubleValue();
    job.progress().waitForFunction("(bar, before) => bar.value > before", before);
    job.says("Completado");
    assertThat(job.values()).containsText("12.500");
    assertThat(ana.told()).containsText("«PKG_ETL.PROCESO_LARGO»: Completado");
    assertThat(ana.page()).hasTitle("Completado: PKG_ETL.PROCESO_LARGO · Diferido");
  }

  @Test
  void whoClosesThePageFindsTheJobAgainByItsAddress() {
    TestJobs jobs = CONSOLE.jobs();
    Visitor ana = CONSOLE.visitor("ana.gomez");
    String id = new JobScreen(ana).of(jobs.longProcess("ana.gomez")).says("En curso").id();
    ana.page().close();
    Visitor later = CONSOLE.visitor("ana.gomez", "#/jobs/" + id);
    assertThat(later.heading()).hasText("PKG_ETL.PROCESO_LARGO");
    later.page().reload();
    new JobScreen(later).says("Completado");
  }
}
