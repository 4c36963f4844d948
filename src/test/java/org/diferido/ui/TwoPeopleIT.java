package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several people at once, each with a browser. */
@Tag(ServiceProcess.ANY_SERVER)
class TwoPeopleIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private final TestJobs jobs = CONSOLE.jobs();

  private Visitor atTheList(String person) {
    return CONSOLE.visitor(person, "#/jobs?" + jobs.filter()).listens();
  }

  /** Runs something by the form; gives back its job. */
  private String runs(Visitor visitor, String a) {
    RunForm form = new RunForm(visitor).of("SUMA").fill("A", a).fill("B", "1");
    return form.moreOptions().fill("labels", jobs.label()).run().says("Completado").id();
  }

  @Test
  void eachSeesItsOwnAndTheOperatorSeesBothAsTheyCome() {
    Visitor bruno = atTheList("bruno.diaz");
    Visitor ana = CONSOLE.visitor("ana.gomez");
    Visitor diego = CONSOLE.visitor("diego.ruiz");
    String anas = runs(ana, "1");
    JobsScreen all = new JobsScreen(bruno).shows(List.of(anas)); // where there was nothing
    String diegos = runs(diego, "2");
    assertThat(all.fresh()).hasText("1 nuevo: mostrar");
    all.fresh().click();
    all.shows(List.of(diegos, anas));
    assertThat(all.row(anas)).containsText("ana.gomez");
    assertThat(all.row(diegos)).containsText("diego.ruiz");
    new JobsScreen(ana).with(jobs.filter()).shows(List.of(anas));
    new JobsScreen(diego).with(jobs.filter()).shows(List.of(diegos));
    new JobScreen(diego).of(anas);
    assertThat(diego.heading()).hasText("Este trabajo no existe o no es suyo");
  }

  @Test
  void newsOfOthersDoNotReachACaller() {
    Visitor ana = atTheList("ana.gomez");
    jobs.awaits(jobs.echo("diego.ruiz", "ajeno"), "succeeded");
    String own = jobs.echo("ana.gomez", "propio");
    JobsScreen list = new JobsScreen(ana).shows(List.of(own));
    assertThat(list.fresh()).isHidden();
  }

  @Test
  void whatTheOperatorCancelsTheOwnerSeesAtOnce() {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/jobs/" + id);
    JobScreen seen = new JobScreen(ana).says("En curso");
    Visitor bruno = CONSOLE.visitor("bruno.diaz", "#/jobs/" + id);
    bruno.button("Cancelar").click();
    bruno.answer("Cancelar").click();
    new JobScreen(bruno).says("Cancelado");
    seen.says("Cancelado");
    assertThat(seen.steps().first()).containsText("bruno.diaz");
  }
}
