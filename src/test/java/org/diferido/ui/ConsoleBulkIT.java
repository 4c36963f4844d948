package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done to many jobs at once. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleBulkIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private final TestJobs jobs = CONSOLE.jobs();
  private Visitor bruno;

  /** An operator's list of the jobs that this test has made so far. */
  private JobsScreen list() {
    bruno = CONSOLE.visitor("bruno.diaz", "#/jobs?" + jobs.filter()).listens();
    return new JobsScreen(bruno);
  }

  @Test
  void everyActionSaysHowManyItCanTouch() {
    String first = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    String second = jobs.awaits(jobs.sleeping("diego.ruiz", 120), "running");
    String ended = jobs.awaits(jobs.echo("ana.gomez", "hola"), "succeeded");
    JobsScreen list = list().choose(first, second, ended);
    assertThat(list.bulk()).containsText("3 elegidos");
    assertThat(list.bulk("Volver a ejecutar 1")).isEnabled();
    assertThat(list.bulk("Eliminar 1")).isEnabled();
    list.bulk("Cancelar 2").click();
    assertThat(bruno.dialog()).containsText("¿Cancelar 2 trabajos?");
    bruno.answer("Cancelar").click();
    assertThat(list.state(first)).hasText("Cancelado");
    assertThat(list.state(second)).hasText("Cancelado");
    assertThat(list.state(ended)).hasText("Completado");
    assertThat(bruno.toast()).hasText("Hecho con 2 trabajos.");
    assertThat(list.bulk()).hasCount(0);
  }

  @Test
  void whatFailedIsRunAgainTogetherHoweverOftenItIsClicked() {
    for (String person : new String[] {"ana.gomez", "diego.ruiz", "ana.gomez"}) {
      jobs.awaits(jobs.failing(person), "failed");
    }
    JobsScreen list = list();
    assertThat(list.rows()).hasCount(3);
    list.choosePage();
    list.bulk("Volver a ejecutar 3").click();
    assertThat(bruno.dialog()).containsText("Cada uno se ejecuta como un trabajo nuevo");
    List<String> asked = new ArrayList<>();
    bruno.page().onRequest(request -> asked.add(request.url().replaceFirst(".*/", "")));
    bruno.answer("Volver a ejecutar").evaluate("button => { button.click(); button.click(); }");
    assertThat(bruno.toast()).hasText("Hecho con 3 trabajos.");
    assertThat(asked.stream().filter("retry"::equals)).hasSize(3);
    assertThat(bruno.heading()).isFocused();
    assertThat(list.fresh()).hasText("3 nuevos: mostrar");
    list.fresh().click();
    assertThat(list.rows()).hasCount(6);
  }

  @Test
  void allThatMatchAreThoseThatTheDialogCounts() {
    String last = "";
    for (int at = 0; at < 28; at++) {
      last = jobs.sum("ana.gomez", at, 1);
    }
    jobs.awaits(last, "succeeded");
    JobsScreen list = allOf(28);
    jobs.awaits(jobs.sum("ana.gomez", 28, 1), "succeeded");
    list.bulk("Eliminar").click();
    assertThat(bruno.dialog()).containsText("¿Eliminar 29 trabajos?");
    assertThat(bruno.dialog()).containsText("no se pueden recuperar");
    bruno.answer("Dejar como está").click();
    assertThat(jobs.count()).isEqualTo(29);
    list.bulk("Eliminar").click();
    assertThat(bruno.dialog()).isVisible();
    String later = jobs.awaits(jobs.sum("ana.gomez", 29, 1), "succeeded");
    bruno.answer("Eliminar").click();
    assertThat(bruno.toast()).hasText("Hecho con 29 trabajos.");
    list.shows(List.of(later));
    assertThat(jobs.count()).isEqualTo(1);
  }

  /** Selects all that match, which have to be more than a page. */
  private JobsScreen allOf(int count) {
    JobsScreen list = list();
    assertThat(list.rows()).hasCount(25);
    list.choosePage();
    bruno.button("Elegir los " + count + " que cumplen el filtro").click();
    assertThat(list.bulk()).containsText("Los " + count + " que cumplen el filtro");
    return list;
  }

  @Test
  void allThatMatchAreCancelledWhetherTheyRunOrWait() {
    for (int at = 0; at < 27; at++) {
      jobs.sleeping("ana.gomez", 300);
    }
    JobsScreen list = allOf(27);
    list.bulk("Cancelar").click();
    assertThat(bruno.dialog()).containsText("¿Cancelar 27 trabajos?");
    bruno.answer("Cancelar").click();
    assertThat(bruno.toast()).hasText("Hecho con 27 trabajos.");
    assertThat(list.rows().locator(".s-cancelled")).hasCount(25);
    assertThat(list.tab("Cancelados")).hasText("Cancelados 27");
  }

  @Test
  void allThatMatchAreRunAgain() {
    String last = "";
    for (int at = 0; at < 26; at++) {
      last = jobs.failing("ana.gomez");
    }
    jobs.awaits(last, "failed");
    JobsScreen list = allOf(26);
    rowsOfAnotherAddressAreNotAllThatMatch(list);
    list.bulk("Volver a ejecutar").click();
    assertThat(bruno.dialog()).containsText("¿Volver a ejecutar 26 trabajos?");
    bruno.answer("Volver a ejecutar").click();
    assertThat(bruno.toast()).hasText("Hecho con 26 trabajos.");
    assertThat(list.fresh()).hasText("26 nuevos: mostrar");
    assertThat(jobs.count()).isEqualTo(52);
  }

  /**
   * While the rows of a tab have not come yet, those of all jobs are there, paler; goes there and
   * back.
   */
  private void rowsOfAnotherAddressAreNotAllThatMatch(JobsScreen list) {
    bruno.page().route(Pattern.compile(".*/jobs\\?.*state=cancelled.*"), route -> {});
    list.tab("Cancelados").click();
    list.choosePage();
    assertThat(list.bulk()).containsText("25 elegidos");
    assertThat(list.bulk()).not().containsText("que cumplen el filtro");
    list.tab("Todos").click();
    list.choosePage();
    bruno.button("Elegir los 26 que cumplen el filtro").click();
    assertThat(list.bulk("Volver a ejecutar")).isFocused();
  }

  @Test
  void whatIsRefusedIsToldWithItsReason() {
    String secret =
        jobs.submit("ana.gomez", "PROC_TEST_CLAVE", Map.of("p_usuario", "u", "p_clave", "secreta"));
    jobs.awaits(secret, "succeeded");
    JobsScreen list = list().choose(secret);
    list.bulk("Volver a ejecutar 1").click();
    assertThat(bruno.dialog()).containsText("No se pudo con uno");
    assertThat(bruno.dialog()).containsText(secret.substring(0, 8));
    assertThat(jobs.count()).isEqualTo(1);
  }
}
