package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text that wants to be more than text. That no dialog opens, no exception is thrown and the page's
 * policy is not even tried is for {@link DemoConsole} to see, as in every test.
 */
@Tag(ServiceProcess.ANY_SERVER)
class HostileJobIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final String MARKUP =
      "\"'><img src=x onerror=\"document.title='HACKED'\">"
          + "<script>document.title='HACKED'</script><a href=\"javascript:alert(1)\">x</a>${7*7}";

  private final TestJobs jobs = CONSOLE.jobs();
  private final Visitor bruno = CONSOLE.visitor("bruno.diaz");

  @AfterEach
  void nothingOfItIsPartOfThePage() {
    assertThat(bruno.page().title()).doesNotContain("HACKED");
    assertThat(bruno.page().locator("#app img, #app script, #app [href^='javascript:']"))
        .hasCount(0);
  }

  @Test
  void parametersLabelsAndResultsAreText() {
    String id =
        jobs.submit(
            "ana.gomez", "PROC_TEST", Map.of("p_input", MARKUP), Map.of("<b>l</b>", "<i>v</i>"));
    JobScreen job = new JobScreen(bruno).of(id).says("Completado");
    assertThat(job.panel("Parámetros")).containsText(MARKUP);
    assertThat(job.values()).containsText("Procesado: " + MARKUP);
    assertThat(job.panel("Datos técnicos")).containsText("<b>l</b>=<i>v</i>");
    bruno.link("<b>l</b>=<i>v</i>").click();
    assertThat(new JobsScreen(bruno).row(id)).containsText("<b>l</b>=<i>v</i>");
    assertThat(new JobsScreen(bruno).chip("Etiqueta")).containsText("<b>l</b>=<i>v</i>");
  }

  @Test
  void aCallThatIsCopiedIsOneArgumentOfTheShell() {
    String text = "it's $(touch /tmp/x) `id` \"q\" \\ fin";
    String id = jobs.submit("ana.gomez", "PROC_TEST", Map.of("p_input", text));
    new JobScreen(bruno).of(id).says("Completado");
    bruno.button("Copiar como curl").click();
    assertThat(bruno.toast()).hasText("Copiado");
    String body = bruno.clipboard().replaceFirst("(?s).* -d '", "");
    String inShell = body.substring(0, body.length() - 1).replace("'\\''", "\u0000");
    assertThat(inShell).doesNotContain("'");
    JsonObject call = read(inShell.replace('\u0000', '\''));
    assertThat(call.getJsonArray("params").getJsonObject(0).getString("value")).isEqualTo(text);
  }

  @Test
  void namesOwnersAndErrorsAreText() {
    String id = jobs.awaits(jobs.failing("ana.gomez"), "failed");
    bruno.page().route("**/jobs/" + id + "*", HostileJobIT::poison);
    JobScreen job = new JobScreen(bruno).of(id).says("Falló");
    assertThat(bruno.heading()).hasText(MARKUP);
    assertThat(bruno.page().locator(".failure blockquote")).hasText(MARKUP);
    assertThat(job.panel("Datos técnicos")).containsText(MARKUP);
    bruno.page().route(Pattern.compile(".*/jobs\\?.*"), HostileJobIT::poison);
    JobsScreen list = new JobsScreen(bruno).with(jobs.filter());
    assertThat(list.rows()).containsText(MARKUP);
    bruno.button("Filtrar").click();
    assertThat(bruno.page().locator("#filters")).isVisible();
  }

  /** The service's own answer, with names that no database would let pass. */
  private static void poison(Route route) {
    APIResponse answer = route.fetch();
    String quoted = Json.createValue(MARKUP).toString();
    String body =
        new String(answer.body(), StandardCharsets.UTF_8)
            .replace("\"PROC_TEST_ERROR\"", quoted)
            .replace("\"ana.gomez\"", quoted)
            .replace("\"ORA-20001: Error intencional de prueba\"", quoted);
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body));
  }

  @Test
  void rowsOfACursorAreText() {
    String id = jobs.submit("ana.gomez", "PKG_REPORTES.GENERAR_GRANDE", Map.of("vFILAS", 20));
    JobScreen job = new JobScreen(bruno).of(id).says("Completado");
    Locator rows = job.rows();
    assertThat(rows).hasCount(20);
    assertThat(rows.nth(8)).containsText("=HYPERLINK(\"http://ejemplo.invalid\",\"9\")");
    assertThat(rows.nth(5)).containsText("<b>&amp;</b>");
    assertThat(rows.nth(4)).containsText("ñandú €😀 5");
    assertThat(rows.nth(7).locator(".null")).hasText("null");
    assertThat(bruno.page().locator("a[href*='ejemplo.invalid']")).hasCount(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#/jobs/%3Cimg%20src=x%20onerror=alert(1)%3E",
        "#/jobs/__proto__",
        "#/jobs/..%2f..%2fhealth",
        "#/jobs/%E0%A4%A",
        "#/run/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "#/run/SUMA?__proto__=1&A=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "#/jobs?q=%3Cimg%20src=x%20onerror=alert(1)%3E&label=%3Cb%3E&owner=%22%3E%3Cimg%20src=x%3E",
        "#/jobs?state=constructor&cursor=__proto__&page=%3Cb%3E",
        "#/constructor"
      })
  void anAddressIsNoMoreThanAnAddress(String address) {
    bruno.goes(address);
    assertThat(bruno.page().locator("#main [aria-busy=true]")).hasCount(0);
    assertThat(bruno.menu()).isVisible();
    assertThat(bruno.page().locator("#main").getByRole(AriaRole.HEADING).first()).isVisible();
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
