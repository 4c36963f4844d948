package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.Axe;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.SampleJobs;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every screen in every state of the design, in both themes, wide and as on a telephone: nothing
 * that axe sees, nothing that goes over the edge, no text that is missing. A picture of each is
 * kept in {@code target/screenshots}.
 */
@ExtendWith(SoftAssertionsExtension.class)
@Tag(ServiceProcess.ANY_SERVER)
class AccessibilityIT {

  private static final Path PICTURES = Path.of("target", "screenshots");

  /** A key of a text in the place of the text. */
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(jobs|job|run|say|sys|proc|nav|do|error|in|live|help|pref|role|state)"
              + "(\\.[a-z]+)+\\b");

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  @InjectSoftAssertions SoftAssertions all;

  private final TestJobs jobs = CONSOLE.jobs();
  private final Axe axe;
  private Visitor visitor;
  private String looks;

  AccessibilityIT() throws IOException {
    axe = new Axe();
  }

  private void comes(String theme, int width, String language) {
    looks = theme + "-" + language + "-" + width;
    visitor = CONSOLE.visitor(options -> options.setViewportSize(width, 860).setBypassCSP(true));
    visitor
        .page()
        .addInitScript(
            "localStorage.setItem('diferido.theme', '%s'); localStorage.setItem('diferido.lang', '%s');"
                .formatted(theme, language));
  }

  /** Holds what is to be seen to the rules, once something is there. */
  private void look(String name, Locator there) {
    assertThat(there).isVisible();
    assertThat(visitor.page().locator("#main [aria-busy=true]")).hasCount(0);
    judge(name);
  }

  private void judge(String name) {
    Page page = visitor.page();
    String what = name + " " + looks;
    all.assertThat(axe.violations(page)).as(what).isEmpty();
    all.assertThat(visitor.overhang()).as("pixels over the edge of " + what).isZero();
    all.assertThat(page.locator("body").innerText()).as(what).doesNotContainPattern(KEY);
    visitor.picture(PICTURES.resolve(name + "-" + looks));
  }

  private Locator find(String selector) {
    return visitor.page().locator(selector).first();
  }

  private void lookAt(String address, String name, Locator there) {
    visitor.goes(address);
    look(name, there);
  }

  @ParameterizedTest
  @CsvSource({"light, 1280, es", "dark, 1280, en", "light, 380, en", "dark, 380, es"})
  void everyScreenIsFitForEverybody(String theme, int width, String language) {
    String report = jobs.awaits(jobs.report("ana.gomez"), "succeeded");
    String failed = jobs.awaits(jobs.failing("ana.gomez"), "failed");
    String running = jobs.awaits(jobs.sleeping("ana.gomez", 300), "running");
    comes(theme, width, language);
    lookAt("", "sign-in", find(".people"));
    visitor.chooses("bruno.diaz");
    look("jobs", find("table.jobs"));
    lookAt("#/jobs?state=failed&" + jobs.filter(), "jobs-problems", find(".chip.on"));
    lookAt("#/jobs/" + report, "job-succeeded", find("table.grid"));
    lookAt("#/jobs/" + failed, "job-failed", find(".failure"));
    lookAt("#/jobs/" + running, "job-running", find(".hero progress"));
    visitor.page().locator(".hero-do .btn.danger").click();
    look("job-cancel", visitor.dialog());
    visitor.presses("Escape");
    lookAt("#/jobs/" + "0".repeat(32), "job-gone", find(".empty"));
    lookAt("#/run", "run-catalogue", find(".catalogue"));
    lookAt("#/procedures", "procedures", find("table.procs"));
    lookAt("#/system", "system", find("table.nodes"));
    lookAt("#/nada", "nowhere", find(".empty"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280, en", "dark, 1280, es", "light, 380, es", "dark, 380, en"})
  void everyFormAndDialogIsFitForEverybody(String theme, int width, String language) {
    jobs.awaits(jobs.echo("ana.gomez", "hola"), "succeeded");
    comes(theme, width, language);
    visitor.signsIn("bruno.diaz", "#/run/PKG_ETL.PROCESO_LARGO");
    look("run-form", find("form"));
    new RunForm(visitor).submit().click();
    look("run-invalid", find(".form-say .notice"));
    lookAt("#/run/PROC_TEST_TIPOS", "run-types", find(".k-boolean"));
    visitor.page().locator("details.more summary").click();
    look("run-options", find("[id=o-labels]"));
    lookAt("#/run/PROC_TEST_CLAVE", "run-secret", find(".k-secret"));
    lookAt("#/run/PROC_TEST_SOBRECARGA", "run-overloads", find(".overloads"));
    lookAt("#/jobs?" + jobs.filter(), "jobs-filtered", find("table.jobs"));
    JobsScreen list = new JobsScreen(visitor);
    list.rows().first().locator("input[type=checkbox]").check();
    visitor.page().locator(".chip.add").click();
    look("jobs-menu", find("#filters"));
    visitor.presses("Escape");
    list.bulk().locator(".btn:enabled").nth(1).click();
    look("jobs-confirm", visitor.dialog());
    visitor.presses("Escape");
    visitor.heading().focus();
    visitor.presses("?");
    look("help", visitor.dialog());
    visitor.presses("Escape");
    visitor.page().locator(".me").click();
    look("account", visitor.dialog());
  }

  @ParameterizedTest
  @CsvSource({"light, 1280, es", "dark, 380, en"})
  void everyStateIsFitForEverybody(String theme, int width, String language) throws IOException {
    SampleJobs samples = new SampleJobs();
    comes(theme, width, language);
    visitor.signsIn("bruno.diaz", "#/run");
    samples.give(visitor.page());
    lookAt("#/jobs", "jobs-every-state", find("table.jobs .s-lost"));
    for (String name : samples.names()) {
      lookAt(samples.address(name), "state-" + name, find(".hero"));
    }
    visitor.page().unrouteAll();
    SampleJobs.giveNone(visitor.page());
    lookAt("#/jobs", "jobs-first", find(".empty"));
    lookAt("#/jobs?q=zzz", "jobs-none", find(".chip-link"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280, en", "dark, 380, es"})
  void whatGoesWrongIsFitForEverybody(String theme, int width, String language) {
    comes(theme, width, language);
    Page page = visitor.page();
    visitor.signsIn("ana.gomez", "#/system");
    look("forbidden", find(".empty"));
    // Nobody answers: the list goes on waiting, and shows what it will look like.
    page.route(Pattern.compile(".*/procedures\\?.*"), route -> {});
    visitor.goes("#/procedures");
    assertThat(find(".skeleton")).isVisible();
    judge("loading");
    page.unrouteAll();
    page.route(Pattern.compile(".*/jobs\\?.*"), route -> route.abort());
    page.route("**/events", route -> route.abort());
    visitor.goes("#/jobs");
    look("error", find(".notice.bad"));
    page.reload();
    look("offline", find(".offline"));
    page.unrouteAll();
  }
}
