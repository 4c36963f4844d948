package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One job: why it failed, how it is stopped, repeated and removed. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleJobIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private final TestJobs jobs = CONSOLE.jobs();
  private final Visitor ana = CONSOLE.visitor("ana.gomez");
  private final JobScreen job = new JobScreen(ana);

  @Test
  void anErrorIsExplainedAndCanBeHandedOn() {
    String id = jobs.failing("ana.gomez");
    job.of(id).says("Falló");
    assertThat(job.sentence()).containsText("Terminó con un error");
    assertThat(job.panel("Error de la base"))
        .containsText("ORA-20001: Error intencional de prueba");
    assertThat(job.panel("Error de la base"))
        .containsText("El propio procedimiento decidió terminar con este error");
    assertThat(job.panel("Error de la base")).containsText("Repetirlo igual dará el mismo error");
    ana.button("Copiar para soporte").click();
    assertThat(ana.toast()).hasText("Copiado");
    assertThat(ana.clipboard()).contains("ORA-20001", "PROC_TEST_ERROR", id);
  }

  @Test
  void whatFailedIsCorrectedAndRun() {
    job.of(jobs.failing("ana.gomez")).says("Falló");
    assertThat(job.primary()).hasText("Corregir y ejecutar");
    job.primary().click();
    RunForm form = new RunForm(ana);
    assertThat(form.field("P_SHOULD_FAIL")).hasValue("1");
    form.fill("P_SHOULD_FAIL", "0").run().says("Completado");
  }

  @Test
  void whatIsCorrectedIsTheProcedureOfItsSchemaWithWhatWasGivenInOrder() {
    String id =
        CONSOLE
            .as("ana.gomez")
            .accepted(
                """
                {"schema":"PKG_REPORTES","name":"GENERAR_MENSUAL","params":[
                  {"name":"uno","value":13},{"name":"dos","value":2025},{"name":"tres","direction":"OUT"}]}""");
    job.of(id).says("Falló");
    job.primary().click();
    ana.isAt("#/run/PKG_REPORTES.GENERAR_MENSUAL\\?from=" + id);
    RunForm form = new RunForm(ana);
    assertThat(form.field("VMES")).hasValue("13");
    assertThat(form.field("VANIO")).hasValue("2025");
    assertThat(form.left()).hasCount(0);
    form.fill("VMES", "12").run().says("Completado");
  }

  @Test
  void whatIsCorrectedOrCopiedComesWithItsLabelsAndItsTime() {
    String id =
        CONSOLE
            .as("ana.gomez")
            .accepted(
                """
                {"name":"PROC_TEST_ERROR","params":[{"name":"p_should_fail","value":1}],
                 "labels":{"mes":"12","zona":"a,b"},"timeout_seconds":77,"start_before":"2099-12-31T20:59:05Z"}""");
    job.of(id).says("Falló");
    ana.button("Copiar como curl").click();
    assertThat(ana.toast()).hasText("Copiado");
    assertThat(ana.clipboard())
        .contains("\"timeout_seconds\": 77", "\"start_before\": \"2099-12-31T20:59:05Z\"")
        .doesNotContain("uuidgen");
    job.primary().click();
    RunForm form = new RunForm(ana);
    assertThat(form.field("timeout_seconds")).isVisible();
    assertThat(form.field("timeout_seconds")).hasValue("77");
    assertThat(form.field("start_before")).hasValue("2099-12-31T17:59:05");
    assertThat(form.call()).containsText("\"start_before\": \"2099-12-31T20:59:05.000Z\"");
    // In the field a comma begins another label.
    assertThat(form.field("labels")).hasValue("mes=12");
    assertThat(form.left()).containsText("«Etiquetas»");
  }

  @Test
  void aCancelIsConfirmedAndTellsWhatTheDatabaseAnswered() {
    job.of(jobs.awaits(jobs.sleeping("ana.gomez", 120), "running")).says("En curso");
    ana.button("Cancelar").click();
    assertThat(ana.dialog()).containsText("Si el procedimiento termina antes, valdrá su resultado");
    assertThat(ana.page().locator(".dialog:focus-within, .dialog:focus")).isVisible();
    ana.answer("Dejar que siga").click();
    assertThat(ana.dialog()).hasCount(0);
    assertThat(ana.button("Cancelar")).isFocused();
    job.says("En curso");
    ana.button("Cancelar").click();
    ana.answer("Cancelar").click();
    job.says("Cancelado");
    assertThat(job.sentence()).containsText("deshizo lo que estaba sin confirmar");
    assertThat(job.steps().first()).containsText("Cancelación pedida · ana.gomez");
    assertThat(job.steps().last()).containsText("La base detuvo la sentencia");
    assertThat(job.panel("Recorrido")).containsText("Ejecución en la base");
    assertThat(ana.told()).hasText("«PROC_TEST_DEMORA»: Cancelado");
  }

  @Test
  void aCancelThatComesTooLateIsNoErrorAndShowsTheResult() {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 10), "running");
    job.of(id).says("En curso");
    ana.page()
        .route(
            "**/jobs/*/cancel",
            route -> {
              jobs.awaits(id, "succeeded");
              route.resume();
            });
    ana.button("Cancelar").click();
    ana.answer("Cancelar").click();
    job.says("Completado");
    assertThat(ana.button("Volver a ejecutar")).isEnabled();
    assertThat(ana.toast()).hasCount(0);
  }

  @Test
  void whereOneWasAboutToCancelNothingIsRunAgainWhenTheJobEnds() {
    job.of(jobs.awaits(jobs.sleeping("ana.gomez", 5), "running")).says("En curso");
    BoundingBox cancel = ana.button("Cancelar").boundingBox();
    ana.button("Cancelar").focus();
    job.says("Completado");
    assertThat(ana.heading()).isFocused();
    assertThat(ana.button("Volver a ejecutar")).isEnabled();
    String under =
        (String)
            ana.page()
                .evaluate(
                    "([x, y, width, height]) => [0.1, 0.5, 0.9].map(at =>"
                        + " document.elementFromPoint(x + width * at, y + height / 2)"
                        + ".closest('a, button')?.textContent ?? '').join()",
                    List.of(cancel.x, cancel.y, cancel.width, cancel.height));
    assertThat(under).doesNotContain("Volver", "Corregir");
  }

  @Test
  void aJobThatWaitsIsCancelledBeforeItStarts() {
    for (int at = 0; at < 8; at++) {
      jobs.sleeping("ana.gomez", 120);
    }
    job.of(jobs.sleeping("ana.gomez", 120)).says("En cola");
    assertThat(job.sentence()).hasText("Espera un lugar libre.");
    ana.button("Cancelar").click();
    ana.answer("Cancelar").click();
    job.says("Cancelado");
    assertThat(job.sentence()).hasText("Se canceló antes de empezar. No se ejecutó nada.");
  }

  @Test
  void aJobIsRunAgainAsOneOtherAlsoWhereTheAnswerIsLost() {
    String first = jobs.echo("ana.gomez", "otra vez");
    job.of(first).says("Completado");
    ana.page().route("**/jobs/*/retry", ConsoleJobIT::loseTheAnswer);
    ana.button("Volver a ejecutar").click();
    assertThat(ana.toast()).hasText("No hay conexión con el servidor");
    ana.page().unroute("**/jobs/*/retry");
    ana.button("Volver a ejecutar").click();
    assertThat(ana.link("Repetición de " + first.substring(0, 8))).isVisible();
    assertThat(job.says("Completado").values()).containsText("Procesado: otra vez");
    assertThat(job.id()).isNotEqualTo(first);
    assertThat(jobs.count()).isEqualTo(2);
    ana.page().goBack();
    assertThat(ana.page()).hasURL(ana.base() + "/#/jobs/" + first);
  }

  private static void loseTheAnswer(Route route) {
    route.fetch();
    route.abort();
  }

  @Test
  void aFileThatCannotBeKeptIsTold() {
    job.of(jobs.report("ana.gomez")).says("Completado");
    ana.page()
        .evaluate(
            "() => { URL.createObjectURL ="
                + " () => { throw new DOMException('', 'QuotaExceededError'); }; }");
    ana.button("Descargar en Excel").click();
    assertThat(ana.toast()).containsText("Vea si hay lugar en el disco");
  }

  @Test
  void aJobIsRemovedOnceThatIsConfirmed() {
    String id = jobs.echo("ana.gomez", "adiós");
    job.of(id).says("Completado");
    ana.button("Eliminar").click();
    assertThat(ana.dialog()).containsText("¿Eliminar este trabajo?");
    ana.answer("Dejar como está").click();
    assertThat(ana.dialog()).hasCount(0);
    ana.button("Eliminar").click();
    ana.answer("Eliminar").click();
    assertThat(ana.toast()).hasText("Trabajo eliminado");
    assertThat(ana.heading()).hasText("Trabajos");
    CONSOLE.as("ana.gomez").get("/jobs/" + id).problem(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ajeno", "inexistente"})
  void anotherPersonsJobIsAsOneThatIsNot(String which) {
    String id = which.equals("ajeno") ? jobs.echo("diego.ruiz", "ajeno") : "0".repeat(32);
    job.of(id);
    assertThat(ana.heading()).hasText("Este trabajo no existe o no es suyo");
    ana.link("Trabajos").last().click();
    assertThat(ana.heading()).hasText("Trabajos");
  }

  @Test
  void whatWasGivenIsShownAndItsLabelsAreFilters() {
    String id =
        jobs.submit("ana.gomez", "PROC_TEST", Map.of("p_input", "valor-7"), Map.of("mes", "12"));
    job.of(id).says("Completado");
    assertThat(job.panel("Parámetros")).containsText("valor-7");
    assertThat(job.panel("Datos técnicos")).containsText("ana.gomez");
    assertThat(ana.link("mes=12")).hasAttribute("href", "#/jobs?label=mes%3D12");
    ana.link(jobs.label()).click();
    assertThat(ana.page().locator("table.jobs tbody tr")).hasCount(1);
  }
}
