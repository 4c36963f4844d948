package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.diferido.it.Client;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what, and may do what. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleRolesIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final String NO_ACCESS = "No tiene acceso a esta pantalla";

  private final TestJobs jobs = CONSOLE.jobs();

  @ParameterizedTest
  @CsvSource({
    "ana.gomez, Ejecuta y ve lo suyo, Trabajos Ejecutar Procedimientos",
    "bruno.diaz, Ve y maneja todo, Trabajos Ejecutar Procedimientos Sistema",
    "clara.paz, 'Ve todo, no cambia nada', Trabajos Procedimientos Sistema"
  })
  void theSignInTellsWhatEachMayDoAndTheMenuKeepsToIt(String person, String role, String menu) {
    Visitor visitor = CONSOLE.visitor().goes("");
    assertThat(visitor.page().getByText("Modo demostración")).isVisible();
    assertThat(visitor.page().locator("li", byText(person))).containsText(role);
    visitor.chooses(person);
    Locator links = visitor.menu().getByRole(AriaRole.LINK).locator("span");
    assertThat(links).hasText(menu.split(" "));
    assertThat(visitor.page().locator(".me")).containsText(person);
  }

  private static Page.LocatorOptions byText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bruno.diaz", "clara.paz"})
  void theSystemIsShownToOperatorsAndAuditors(String person) {
    jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor visitor = CONSOLE.visitor(person, "#/system");
    assertThat(visitor.heading()).hasText("Sistema");
    assertThat(figure(visitor, "Lugares ocupados")).hasText(Pattern.compile("[1-9] / 10"));
    Locator node = visitor.page().locator("table.nodes").first().locator("tbody tr");
    assertThat(node).hasCount(1);
    assertThat(node).containsText("Activo");
    figure(visitor, "En cola").getByRole(AriaRole.LINK).click();
    assertThat(new JobsScreen(visitor).tab("En cola")).hasAttribute("aria-current", "page");
  }

  private static Locator figure(Visitor visitor, String label) {
    return visitor
        .page()
        .locator(".kpi")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    visitor
                        .page()
                        .locator(".kpi-label", new Page.LocatorOptions().setHasText(label))))
        .locator(".kpi-value");
  }

  @Test
  void theFiguresOfTheSystemMoveByThemselves() {
    Visitor bruno = CONSOLE.visitor("bruno.diaz", "#/system");
    Locator busy = figure(bruno, "Lugares ocupados");
    assertThat(busy).hasText(Pattern.compile("\\d+ / 10"));
    String before = busy.innerText();
    jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    assertThat(busy).not().hasText(before);
  }

  @Test
  void aCallerIsRefusedTheSystemByTheScreenAndByTheService() {
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/system");
    assertThat(ana.heading()).hasText(NO_ACCESS);
    assertThat(ana.page().getByText("pida el rol a quien administra sus permisos")).isVisible();
    CONSOLE.as("ana.gomez").get("/system").problem(403);
  }

  @Test
  void anAuditorReadsEverythingAndChangesNothing() {
    String id = jobs.failing("ana.gomez");
    String running = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor clara = CONSOLE.visitor("clara.paz", "#/jobs?" + jobs.filter());
    JobsScreen list = new JobsScreen(clara);
    assertThat(list.row(id)).containsText("ana.gomez");
    assertThat(clara.button("Solo los míos")).hasCount(0);
    assertThat(clara.page().locator(".me")).containsText("Solo lectura");
    assertThat(clara.page().getByRole(AriaRole.CHECKBOX)).hasCount(0);
    assertThat(clara.link("Ejecutar un procedimiento")).hasCount(0);
    JobScreen job = new JobScreen(clara).of(id).says("Falló");
    assertThat(job.panel("Error de la base")).containsText("ORA-20001");
    Locator changes = clara.page().getByText(Pattern.compile("Volver a|Cancelar|Corregir"));
    assertThat(clara.button("Copiar como curl")).isVisible();
    assertThat(changes).hasCount(0);
    assertThat(clara.button("Eliminar")).hasCount(0);
    job.of(running).says("En curso");
    assertThat(changes).hasCount(0);
    clara.goes("#/run/PROC_TEST");
    assertThat(clara.heading()).hasText(NO_ACCESS);
    assertThat(clara.page().getByText("Quien audita mira los trabajos")).isVisible();
    CONSOLE.as("clara.paz").post("/jobs/" + running + "/cancel").problem(403);
  }

  @Test
  void aCallerSeesNoOwnersAndNobodyElsesJobs() {
    jobs.echo("diego.ruiz", "ajeno");
    String own = jobs.echo("ana.gomez", "propio");
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/jobs?" + jobs.filter());
    assertThat(new JobsScreen(ana).rows()).hasCount(1);
    assertThat(new JobsScreen(ana).row(own)).isVisible();
    assertThat(ana.page().locator("thead")).not().containsText("Persona");
    assertThat(ana.button("Solo los míos")).hasCount(0);
  }

  @Test
  void proceduresTellHowTheyWentAndLeadToTheirJobs() {
    jobs.awaits(jobs.echo("ana.gomez", "hola"), "succeeded");
    Client client = CONSOLE.as("ana.gomez");
    await("figures of PROC_TEST")
        .until(
            () ->
                client
                        .get("/procedures/PROC_TEST")
                        .json()
                        .getJsonObject("statistics")
                        .getInt("runs")
                    > 0);
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/procedures");
    ana.page().getByRole(AriaRole.SEARCHBOX).fill("proc_test");
    Locator row =
        ana.page()
            .locator("table.procs tbody tr")
            .filter(new Locator.FilterOptions().setHas(ana.link("PROC_TEST")));
    assertThat(row).hasCount(1);
    assertThat(row.getByRole(AriaRole.CELL).nth(1)).hasText(Pattern.compile("[1-9]\\d*"));
    assertThat(ana.page().locator("table.procs")).not().containsText("PKG_ETL");
    ana.link("Ejecutar PROC_TEST").click();
    assertThat(ana.heading()).hasText("PROC_TEST");
    ana.page().goBack();
    ana.link("PROC_TEST").click();
    ana.isAt("#/jobs\\?procedure=PROC_TEST");
    assertThat(new JobsScreen(ana).rows().first()).containsText("PROC_TEST");
  }

  @Test
  void anAuditorMayRunNothingAndIsToldSo() {
    Visitor clara = CONSOLE.visitor("clara.paz", "#/procedures");
    assertThat(clara.page().getByText("No hay nada que usted pueda ejecutar")).isVisible();
    assertThat(clara.heading()).hasText("Procedimientos");
  }
}
