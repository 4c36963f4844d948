package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.Relay;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** News as they come, and when they do not come. */
@Tag(ServiceProcess.ANY_SERVER)
class LiveIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final String STREAM = "**/events";

  /** After this the console gives a silent stream up. */
  private static final long SILENCE_MILLIS = 33_000;

  /** After this the stream of a tab that nobody looks at is closed. */
  private static final long HIDDEN_MILLIS = 11_000;

  /** After this, at the latest, the console asks again for a stream that it was refused. */
  private static final long PAUSE_MILLIS = 11_000;

  private static final String HIDE =
      "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true"
          + " }); document.dispatchEvent(new Event('visibilitychange')); }";

  private final TestJobs jobs = CONSOLE.jobs();

  @Test
  void theTokenIsInAHeaderAndInNoAddress() {
    Visitor ana = CONSOLE.visitor();
    List<Request> all = new ArrayList<>();
    ana.page().onRequest(all::add);
    Request stream = ana.page().waitForRequest(STREAM, () -> ana.signsIn("ana.gomez", "#/jobs"));
    assertThat(stream.headerValue("authorization")).startsWith("Bearer eyJ");
    assertThat(stream.headerValue("accept")).isEqualTo("text/event-stream");
    assertThat(all).allMatch(request -> !request.url().contains("eyJ"));
    assertThat(ana.kept()).doesNotContain("eyJ");
  }

  @Test
  void aJobHasAStreamOfItsOwnInThePlaceOfTheOneOfAll() {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor ana = CONSOLE.visitor("ana.gomez").listens();
    List<String> ended = new ArrayList<>();
    ana.page().onRequestFailed(request -> ended.add(request.url()));
    ana.page().waitForRequest("**/jobs/" + id + "/events", () -> new JobScreen(ana).of(id));
    ana.page().waitForCondition(() -> ended.contains(ana.base() + "/events"));
    ana.page()
        .waitForRequest(
            ana.base() + "/events", () -> CONSOLE.as("ana.gomez").post("/jobs/" + id + "/cancel"));
    new JobScreen(ana).says("Cancelado");
  }

  @Test
  void whatHappensWhileTheNetworkIsAwayIsThereWhenItIsBack() throws IOException {
    String before = jobs.awaits(jobs.echo("ana.gomez", "antes"), "succeeded");
    String running = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    try (Relay relay = new Relay(CONSOLE.service().port())) {
      Visitor ana = CONSOLE.visitor(relay.port(), options -> options);
      ana.signsIn("ana.gomez", "#/jobs?" + jobs.filter()).listens();
      JobsScreen list = new JobsScreen(ana).shows(List.of(running, before));
      assertThat(ana.connection()).hasText("En vivo");
      ana.page().evaluate("window.stayed = true");
      // Once something has been told, what comes later is told by the same stream, or by its next.
      String percent = list.percent(running);
      assertThat(list.row(running)).not().containsText(percent);
      relay.cut();
      assertThat(ana.connection()).hasText("Reconectando…");
      CONSOLE.as("ana.gomez").post("/jobs/" + running + "/cancel");
      String meanwhile = jobs.awaits(jobs.echo("ana.gomez", "entretanto"), "succeeded");
      assertThat(ana.connection()).hasText("Sin conexión");
      assertThat(ana.page().locator(".offline")).containsText("Lo que ve puede haber cambiado");
      list.shows(List.of(running, before)).choose(running);
      assertThat(list.bulk("Cancelar 1")).isDisabled();
      relay.mend();
      assertThat(ana.connection()).hasText("En vivo");
      assertThat(ana.page().locator(".offline")).hasCount(0);
      assertThat(list.state(running)).hasText("Cancelado");
      assertThat(list.fresh()).hasText("1 nuevo: mostrar");
      list.fresh().click();
      list.shows(List.of(meanwhile, running, before));
      assertThat(ana.page().evaluate("window.stayed")).isEqualTo(true);
    }
  }

  @Test
  void aJobThatEndsWhileTheNetworkIsAwayHasEndedWhenItIsBack() throws IOException {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    try (Relay relay = new Relay(CONSOLE.service().port())) {
      Visitor ana = CONSOLE.visitor(relay.port(), options -> options);
      ana.signsIn("ana.gomez", "#/jobs/" + id);
      JobScreen job = new JobScreen(ana).says("En curso");
      assertThat(job.numbers()).containsText("según el procedimiento");
      relay.cut();
      assertThat(ana.connection()).hasText("Sin conexión");
      assertThat(ana.button("Cancelar")).isDisabled();
      CONSOLE.as("ana.gomez").post("/jobs/" + id + "/cancel");
      jobs.awaits(id, "cancelled");
      job.says("En curso");
      relay.mend();
      job.says("Cancelado");
    }
  }

  @Test
  void aTabThatNobodyLooksAtAsksForNothing() {
    Visitor ana = CONSOLE.visitor();
    Page page = ana.page();
    page.clock().install();
    List<String> ended = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    page.onRequestFailed(request -> ended.add(request.url()));
    ana.signsIn("ana.gomez", "#/jobs?" + jobs.filter()).listens();
    page.evaluate(HIDE, true);
    page.clock().fastForward(HIDDEN_MILLIS);
    page.waitForCondition(() -> ended.contains(ana.base() + "/events"));
    page.onRequest(request -> asked.add(request.url()));
    String id = jobs.awaits(jobs.echo("ana.gomez", "entretanto"), "succeeded");
    page.clock().fastForward(10 * SILENCE_MILLIS);
    assertThat(page.evaluate("document.hidden")).isEqualTo(true);
    assertThat(asked).isEmpty();
    page.evaluate(HIDE, false);
    new JobsScreen(ana).shows(List.of(id));
    assertThat(asked).contains(ana.base() + "/events");
  }

  @Test
  void whatAnswersInThePlaceOfTheServiceIsNotItsWord() {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor ana = CONSOLE.visitor();
    Page page = ana.page();
    page.clock().install();
    page.route(STREAM, route -> route.fulfill(page(404)));
    ana.signsIn("ana.gomez", "#/jobs?" + jobs.filter());
    assertThat(ana.connection()).not().hasText("En vivo");
    page.unroute(STREAM);
    page.clock().fastForward(PAUSE_MILLIS);
    assertThat(ana.connection()).hasText("En vivo");
    List<Route> held = new ArrayList<>();
    page.route(STREAM, held::add);
    JobScreen job = new JobScreen(ana).of(id).says("En curso");
    page.waitForCondition(() -> !held.isEmpty());
    page.route("**/jobs/" + id, route -> route.fulfill(page(404)));
    held.get(0).fulfill(page(404));
    assertThat(ana.connection()).not().hasText("En vivo");
    job.says("En curso");
    page.unroute("**/jobs/" + id);
  }

  @Test
  void whereThereAreTooManyStreamsAJobIsReadAgainAllTheSame() {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor ana = CONSOLE.visitor();
    Page page = ana.page();
    page.clock().install();
    page.route(STREAM, route -> route.fulfill(page(429)));
    page.waitForResponse(STREAM, () -> ana.signsIn("ana.gomez", "#/jobs/" + id));
    JobScreen job = new JobScreen(ana).says("En curso");
    CONSOLE.as("ana.gomez").post("/jobs/" + id + "/cancel");
    jobs.awaits(id, "cancelled");
    page.clock().fastForward(PAUSE_MILLIS);
    job.says("Cancelado");
  }

  /** An answer that is none of the service's. */
  private static Route.FulfillOptions page(int status) {
    return new Route.FulfillOptions()
        .setStatus(status)
        .setContentType("text/html")
        .setBody("<h1>" + status + "</h1>");
  }

  @Test
  void whereStreamsAreHeldBackAJobIsAskedFor() {
    String id = jobs.awaits(jobs.sleeping("ana.gomez", 120), "running");
    Visitor ana = CONSOLE.visitor();
    Page page = ana.page();
    page.clock().install();
    page.route(STREAM, route -> {});
    page.waitForRequest(STREAM, () -> ana.signsIn("ana.gomez", "#/jobs/" + id));
    new JobScreen(ana).says("En curso");
    page.waitForRequest(STREAM, () -> page.clock().fastForward(SILENCE_MILLIS));
    Request poll =
        page.waitForRequest(
            Pattern.compile(".*/jobs/" + id + "\\?wait=\\d+"),
            () -> page.clock().fastForward(SILENCE_MILLIS));
    assertThat(poll.headerValue("authorization")).startsWith("Bearer ");
    CONSOLE.as("ana.gomez").post("/jobs/" + id + "/cancel");
    new JobScreen(ana).says("Cancelado");
  }
}
