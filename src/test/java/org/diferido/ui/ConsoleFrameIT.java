package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.regex.Pattern;
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

/** What is around the screens: coming in and going out, language, theme, a narrow window. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleFrameIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private final TestJobs jobs = CONSOLE.jobs();

  @Test
  void languageAndThemeHoldBeforeSignInAndAfterALoad() {
    Visitor ana = CONSOLE.visitor().goes("");
    Locator root = ana.page().locator("html");
    ana.button("English").click();
    assertThat(ana.page().getByText("Demo mode")).isVisible();
    ana.button("Dark").click();
    assertThat(root).hasAttribute("data-theme", "dark");
    ana.chooses("ana.gomez");
    assertThat(ana.heading()).hasText("Jobs");
    ana.page()
        .addInitScript(
            "document.addEventListener('DOMContentLoaded', () => {"
                + " window.first = document.documentElement.dataset.theme + ' '"
                + " + document.documentElement.lang; })");
    ana.page().reload();
    assertThat(ana.heading()).hasText("Jobs");
    assertThat(ana.page().evaluate("window.first")).isEqualTo("dark en");
  }

  @Test
  void theLanguageIsAlsoThatOfTheService() {
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/run/PKG_REPORTES.GENERAR_MENSUAL");
    RunForm form = new RunForm(ana);
    form.fill("VMES", "1e300").fill("VANIO", "2025").submit().click();
    assertThat(form.error("VMES")).containsText("número");
    ana.page().locator(".me").click();
    ana.page().route("**/texts-en.js", route -> route.fulfill(broken()));
    ana.button("English").click();
    assertThat(ana.toast()).containsText("La página sigue en español");
    assertThat(ana.button("Español")).hasAttribute("aria-pressed", "true");
    ana.button("English").click();
    ana.answer("Close").click();
    assertThat(form.field("VMES")).hasValue("1e300");
    form.submit().click();
    assertThat(form.error("VMES")).containsText("number");
  }

  /** As what is not there: a module that cannot be had would be a complaint of the browser. */
  private static Route.FulfillOptions broken() {
    return new Route.FulfillOptions()
        .setContentType("text/javascript")
        .setBody("throw new Error('away');");
  }

  @Test
  void aNewScreenMovesTheFocusToItsHeadingAndNamesThePage() {
    Visitor bruno = CONSOLE.visitor("bruno.diaz");
    assertThat(bruno.heading()).isFocused();
    for (String screen : List.of("Ejecutar", "Procedimientos", "Sistema", "Trabajos")) {
      bruno.menu().getByText(screen, new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(bruno.page()).hasTitle(screen + " · Diferido");
      assertThat(bruno.heading()).isFocused();
      assertThat(bruno.menu().locator("[aria-current=page]")).containsText(screen);
    }
  }

  @Test
  void whoSignsOutLeavesNothingBehind() {
    String id = jobs.echo("ana.gomez", "propio");
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/jobs?" + jobs.filter());
    assertThat(new JobsScreen(ana).row(id)).isVisible();
    assertThat(ana.kept()).doesNotContain("eyJ");
    ana.page().locator(".me").click();
    // What there is on the page as it is left, a browser may keep to come back to.
    ana.page()
        .evaluate(
            "addEventListener('pagehide',"
                + " () => sessionStorage.setItem('left', document.documentElement.outerHTML))");
    ana.answer("Salir").click();
    assertThat(ana.page().getByText("Modo demostración")).isVisible();
    assertThat(ana.kept()).contains("Diferido").doesNotContain("eyJ", "ana.gomez", id);
    ana.page().reload();
    assertThat(ana.page().getByText("Modo demostración")).isVisible();
    ana.chooses("diego.ruiz");
    assertThat(ana.page().getByText("Ningún trabajo cumple estos filtros")).isVisible();
    assertThat(ana.page().content()).doesNotContain(id);
    ana.page().evaluate("window.stayed = true");
    ana.page().evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    ana.page().waitForFunction("!window.stayed");
  }

  @Test
  void aSessionThatEndsBringsBackToTheSamePlace() {
    jobs.echo("ana.gomez", "hola");
    Visitor bruno = CONSOLE.visitor("bruno.diaz", "#/jobs?owner=ana.gomez&" + jobs.filter());
    JobsScreen list = new JobsScreen(bruno);
    assertThat(list.rows()).hasCount(1);
    Page page = bruno.page();
    page.route("**/demo/tokens", route -> route.fulfill(no(404)));
    page.route(Pattern.compile(".*/jobs\\?.*"), route -> route.fulfill(no(401)));
    list.tab("Completados").click();
    assertThat(page.getByText("Su sesión venció")).isVisible();
    assertThat(bruno.heading()).isFocused();
    page.unrouteAll();
    bruno.chooses("bruno.diaz");
    assertThat(bruno.heading()).hasText("Trabajos");
    assertThat(bruno.heading()).isFocused();
    assertThat(list.rows()).hasCount(1);
    assertThat(bruno.address()).contains("owner=ana.gomez", jobs.filter(), "state=succeeded");
  }

  private static Route.FulfillOptions no(int status) {
    return new Route.FulfillOptions()
        .setStatus(status)
        .setContentType("application/problem+json")
        .setBody("{\"status\":" + status + ",\"title\":\"No\",\"error\":\"no\"}");
  }

  @Test
  void anAddressOfNothingSaysSo() {
    Visitor ana = CONSOLE.visitor("ana.gomez", "#/nada");
    assertThat(ana.heading()).hasText("No hay nada en esta dirección");
  }

  @Test
  void anAddressWithinThePageIsWhereOneBegins() {
    Visitor ana = CONSOLE.visitor("ana.gomez", "#main");
    assertThat(ana.heading()).hasText("Trabajos");
  }

  @Test
  void aTelephoneHasTheWholeConsoleInItsWidth() {
    Visitor ana = CONSOLE.visitor(options -> options.setViewportSize(380, 740));
    ana.signsIn("ana.gomez", "");
    assertThat(ana.heading()).hasText("Trabajos");
    assertThat(ana.overhang()).isZero();
    ana.menu().getByText("Ejecutar").click();
    ana.link("PKG_REPORTES.GENERAR_MENSUAL").click();
    RunForm form = new RunForm(ana).fill("VMES", "12").fill("VANIO", "2025");
    assertThat(ana.overhang()).isZero();
    JobScreen job = form.run().says("Completado");
    assertThat(job.rows()).hasCount(20);
    assertThat(ana.overhang()).isZero();
    ana.menu().getByText("Trabajos").click();
    assertThat(new JobsScreen(ana).rows().first()).containsText("PKG_REPORTES");
    assertThat(ana.overhang()).isZero();
  }
}
