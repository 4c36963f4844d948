package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of jobs: what is found in it, and what moves in it. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleJobsIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final String PROBLEMS = "failed,timed_out,expired,lost";
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Pattern LIST = Pattern.compile(".*/jobs\\?.*");

  private final TestJobs jobs = CONSOLE.jobs();

  /** An operator whose list has the jobs of this test alone. */
  private Visitor operator() {
    return CONSOLE.visitor("bruno.diaz", "#/jobs?" + jobs.filter());
  }

  private String echoed(String person) {
    return jobs.awaits(jobs.echo(person, "hola"), "succeeded");
  }

  private String failed(String person) {
    return jobs.awaits(jobs.failing(person), "failed");
  }

  @Test
  void filtersAreChosenInTheMenuAndTakenAwayOneByOne() {
    String first = echoed("ana.gomez");
    String second = echoed("diego.ruiz");
    String third = failed("ana.gomez");
    Visitor bruno = CONSOLE.visitor("bruno.diaz");
    JobsScreen list = new JobsScreen(bruno);
    bruno.button("Filtrar").click();
    Locator menu = bruno.page().locator("#filters");
    // No date, and one whose year has six digits: neither is applied.
    menu.getByLabel("Desde").focus();
    bruno.presses("1");
    menu.getByRole(AriaRole.BUTTON).click();
    assertThat(menu.getByLabel("Desde")).isFocused();
    menu.getByLabel("Desde").fill("12025-01-01T10:00");
    menu.getByRole(AriaRole.BUTTON).click();
    assertThat(menu.getByLabel("Desde")).isFocused();
    bruno.isAt("");
    menu.getByLabel("Desde").fill("");
    menu.getByLabel("Persona").fill("ana.gomez");
    menu.getByLabel("Etiqueta").fill(jobs.label());
    menu.getByRole(AriaRole.BUTTON).click();
    list.shows(List.of(third, first));
    assertThat(list.chip("Persona")).containsText("ana.gomez");
    assertThat(bruno.address()).contains("owner=ana.gomez", jobs.filter());
    bruno.button("Quitar el filtro Persona").click();
    list.shows(List.of(third, second, first));
    bruno.button("Solo los míos").click();
    assertThat(bruno.button("Solo los míos")).hasAttribute("aria-pressed", "true");
    assertThat(bruno.page().getByText("Ningún trabajo cumple estos filtros")).isVisible();
    bruno.button("Solo los míos").click();
    list.shows(List.of(third, second, first));
    bruno.link("Quitar filtros").click();
    assertThat(list.chip("Etiqueta")).hasCount(0);
    bruno.isAt("#/jobs");
  }

  @Test
  void tabsCountWhatTheyShow() {
    String good = echoed("ana.gomez");
    String bad = failed("ana.gomez");
    JobsScreen list = new JobsScreen(operator());
    assertThat(list.tab("Todos")).hasText("Todos 2");
    assertThat(list.tab("Completados")).hasText("Completados 1");
    assertThat(list.tab("En curso")).hasText("En curso 0");
    assertThat(list.tab("Con problemas")).hasText("Con problemas 1");
    list.tab("Con problemas").click();
    list.shows(List.of(bad));
    assertThat(list.tab("Con problemas")).hasAttribute("aria-current", "page");
    assertThat(list.row(bad)).containsText("ORA-20001");
    list.tab("Completados").click();
    list.shows(List.of(good));
  }

  @Test
  void theAddressIsTheState() {
    String good = echoed("ana.gomez");
    String bad = failed("ana.gomez");
    Visitor bruno = operator();
    JobsScreen list = new JobsScreen(bruno).shows(List.of(bad, good));
    list.tab("Completados").click();
    list.shows(List.of(good));
    list.tab("Con problemas").click();
    list.shows(List.of(bad));
    bruno.page().goBack();
    list.shows(List.of(good));
    bruno.page().goBack();
    list.shows(List.of(bad, good));
    bruno.page().goForward();
    list.shows(List.of(good));
    Visitor other = CONSOLE.visitor("clara.paz", bruno.address());
    new JobsScreen(other).shows(List.of(good));
    assertThat(new JobsScreen(other).tab("Completados")).hasAttribute("aria-current", "page");
  }

  @Test
  void searchingWaitsForTheTypingAndLeavesTheHistoryAlone() {
    String id = jobs.submit("ana.gomez", "SUMA", Map.of("A", 1, "B", 2), Map.of("cierre", "si"));
    Visitor bruno = CONSOLE.visitor("bruno.diaz");
    JobsScreen list = new JobsScreen(bruno);
    assertThat(list.rows().first()).isVisible();
    List<String> asked = new ArrayList<>();
    bruno
        .page()
        .onRequest(
            request -> {
              if (LIST.matcher(request.url()).matches() && request.url().contains("q=")) {
                asked.add(request.url());
              }
            });
    Object before = bruno.page().evaluate("history.length");
    String mark = jobs.label().substring("prueba=".length());
    list.search().pressSequentially(mark);
    list.shows(List.of(id));
    assertThat(list.search()).isFocused();
    assertThat(bruno.address()).isEqualTo("#/jobs?q=" + mark);
    assertThat(bruno.page().evaluate("history.length")).isEqualTo(before);
    assertThat(asked).hasSizeLessThan(mark.length());
    assertThat(list.row(id)).containsText("cierre=si");
  }

  @Test
  void aLabelInARowIsAFilter() {
    String id = jobs.submit("ana.gomez", "SUMA", Map.of("A", 1, "B", 2), Map.of("mes", "x y=z"));
    echoed("ana.gomez");
    Visitor bruno = operator();
    JobsScreen list = new JobsScreen(bruno);
    list.row(id).getByText("mes=x y=z").click();
    bruno.isAt("#/jobs\\?.*label=mes%3Dx\\+y%3Dz.*");
    list.shows(List.of(id));
    bruno.goes("#/jobs?q=mes%3Dx+y%3Dz");
    list.shows(List.of(id));
  }

  @Test
  void newJobsWaitBehindAButton() {
    String old = echoed("ana.gomez");
    JobsScreen list = new JobsScreen(operator().listens()).shows(List.of(old));
    assertThat(list.fresh()).isHidden();
    String newer = jobs.echo("ana.gomez", "uno");
    String newest = jobs.echo("diego.ruiz", "dos");
    assertThat(list.fresh()).hasText("2 nuevos: mostrar");
    list.shows(List.of(old));
    list.fresh().click();
    list.shows(List.of(newest, newer, old));
    assertThat(list.fresh()).isHidden();
  }

  @Test
  void aRowChangesWhereItIs() {
    String older = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    String newer = echoed("ana.gomez");
    JobsScreen list = new JobsScreen(operator().listens()).shows(List.of(newer, older));
    assertThat(list.state(older)).hasText("En curso");
    CONSOLE.as("ana.gomez").post("/jobs/" + older + "/cancel");
    assertThat(list.state(older)).hasText("Cancelado");
    list.shows(List.of(newer, older));
  }

  @Test
  void pagesGoThereAndBackAndAreLinks() {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < 55; at++) {
      all.add(jobs.sum("ana.gomez", at, 1));
    }
    Collections.reverse(all);
    Visitor bruno = operator();
    JobsScreen list = new JobsScreen(bruno);
    assertThat(list.pager()).containsText("1–25 de 55");
    assertThat(bruno.button("Más nuevos")).isDisabled();
    bruno.button("Más antiguos").click();
    assertThat(list.pager()).containsText("26–50 de 55");
    bruno.button("Más antiguos").click();
    assertThat(list.pager()).containsText("51–55 de 55");
    list.shows(all.subList(50, 55));
    Visitor other = CONSOLE.visitor("bruno.diaz", bruno.address());
    new JobsScreen(other).shows(all.subList(50, 55));
    assertThat(new JobsScreen(other).pager()).containsText("51–55 de 55");
    bruno.page().goBack();
    list.shows(all.subList(25, 50));
    bruno.button("Más nuevos").click();
    list.shows(all.subList(0, 25));
    assertThat(list.pager()).containsText("1–25 de 55");
    bruno.page().goBack();
    list.shows(all.subList(25, 50));
  }

  @Test
  void aBarOfTheLastDayIsItsHalfHour() {
    String id = echoed("ana.gomez");
    Visitor bruno = operator();
    JobsScreen list = new JobsScreen(bruno).shows(List.of(id));
    Locator bars = bruno.page().locator(".pulse g.pick");
    assertThat(bars.last()).containsText("Completados 1");
    bars.last().click();
    bruno.isAt("#/jobs\\?.*created_after=.*created_before=.*");
    assertThat(list.chip("Desde")).isVisible();
    assertThat(list.chip("Hasta")).isVisible();
    list.shows(List.of(id));
    bars.first().click();
    assertThat(bruno.page().getByText("Ningún trabajo cumple estos filtros")).isVisible();
  }

  @Test
  void whatWasNotCountedIsNotZero() {
    Visitor bruno = CONSOLE.visitor();
    bruno.page().route("**/jobs/summary*", route -> route.fulfill(figures()));
    bruno.signsIn("bruno.diaz", "");
    JobsScreen list = new JobsScreen(bruno);
    assertThat(list.tab("Todos")).hasText("Todos 50.001+");
    assertThat(list.tab("En curso")).hasText("En curso 1");
    assertThat(list.tab("Completados")).hasText("Completados 48+");
    assertThat(list.tab("Con problemas")).hasText("Con problemas 0+");
    // A half hour that began before is known in part.
    assertThat(bruno.page().locator(".pulse g.pick")).hasCount(8);
    assertThat(bruno.page().locator(".pulse svg .c-none")).hasAttribute("width", "83.33");
    assertThat(bruno.page().locator(".pulse .legend")).containsText("sin contar");
    assertThat(bruno.page().locator(".pulse svg"))
        .hasAttribute(
            "aria-label",
            Pattern.compile("Últimas.*Completados 8,.*sin contar antes de las \\d\\d:\\d\\d"));
  }

  /** Of a service that has looked at no job from before ten minutes after a half hour began. */
  private static Route.FulfillOptions figures() {
    long halfHour = HALF_HOUR.toSeconds();
    Instant current = Instant.ofEpochSecond(Instant.now().getEpochSecond() / halfHour * halfHour);
    Instant from = current.minus(HALF_HOUR.multipliedBy(8)).plus(Duration.ofMinutes(10));
    String bins =
        IntStream.rangeClosed(0, 47)
            .mapToObj(at -> current.minus(HALF_HOUR.multipliedBy(47 - at)))
            .map(at -> "{\"from\":\"" + at + "\",\"succeeded\":1}")
            .collect(Collectors.joining(","));
    return new Route.FulfillOptions()
        .setContentType("application/json")
        .setBody(
            "{\"total\":50001,\"total_is\":\"at_least\",\"states\":{\"running\":1,\"succeeded\":48},"
                + "\"bins_from\":\"%s\",\"bins\":[%s]}".formatted(from, bins));
  }

  @Test
  void aServiceThatCannotAnswerIsAskedAgain() {
    String id = echoed("ana.gomez");
    Visitor bruno = CONSOLE.visitor();
    Page page = bruno.page();
    Route.FulfillOptions away =
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/problem+json")
            .setHeaders(Map.of("Retry-After", "3"))
            .setBody(
                "{\"status\":503,\"title\":\"Registro no disponible\",\"detail\":\"La base no"
                    + " responde\",\"trace_id\":\"7f3c91d0b2a84e55\",\"error\":\"x\"}");
    page.route(LIST, route -> route.fulfill(away));
    bruno.signsIn("bruno.diaz", "#/jobs?" + jobs.filter());
    Locator panel = page.getByRole(AriaRole.ALERT);
    assertThat(panel).containsText("Registro no disponible");
    // Beside it: what changes each second is not to be read out each second.
    assertThat(page.getByText("7f3c91d0b2a84e55")).isVisible();
    assertThat(page.getByRole(AriaRole.TIMER))
        .containsText(Pattern.compile("Se intentará otra vez en \\d s"));
    page.unroute(LIST);
    new JobsScreen(bruno).shows(List.of(id));
    assertThat(panel).hasCount(0);
  }

  @Test
  void problemsAreOneTabAndWhatIsNotTouchedInTheMenuStays() {
    Visitor bruno = operator();
    new JobsScreen(bruno).tab("Con problemas").click();
    assertThat(bruno.page()).hasURL(Pattern.compile("state=" + PROBLEMS));
    String since = "created_after=2025-01-02T03:04:05.678Z";
    bruno.goes(bruno.address() + "&" + since);
    bruno.button("Filtrar").click();
    Locator menu = bruno.page().locator("#filters");
    assertThat(menu.getByLabel("Estado")).hasValue(PROBLEMS);
    menu.getByLabel("Persona").fill("ana.gomez");
    menu.getByRole(AriaRole.BUTTON).click();
    bruno.isAt("#/jobs.*owner=ana.gomez.*");
    assertThat(bruno.address()).contains("state=" + PROBLEMS, since, jobs.filter());
    bruno.button("Filtrar").click();
    menu.getByLabel("Estado").selectOption("");
    menu.getByRole(AriaRole.BUTTON).click();
    assertThat(bruno.page()).not().hasURL(Pattern.compile("state="));
    assertThat(bruno.address()).contains(since, "owner=ana.gomez");
  }
}
