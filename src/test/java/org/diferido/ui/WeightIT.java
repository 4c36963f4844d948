package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Sizes;
import java.util.ArrayList;
import java.util.List;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console costs whoever opens it, and that nothing moves under the pointer. */
@Tag(ServiceProcess.ANY_SERVER)
class WeightIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final int MOST_BYTES = 300_000;

  /** Of the measure of Chromium (Layout Instability API), whose own bound for "good" is 0.1. */
  private static final double MOST_SHIFT = 0.01;

  /** What its Resource Timing counts for an answer 304, whose real size it does not tell. */
  private static final int NOT_MODIFIED = 300;

  private static final String WATCH_SHIFTS =
      """
      window.shifts = [];
      new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
          if (!entry.hadRecentInput) {
            window.shifts.push(entry.value + ' ' + entry.sources.map(source =>
              `${source.node?.className} ${JSON.stringify(source.previousRect)} ${JSON.stringify(source.currentRect)}`));
          }
        }
      }).observe({ type: 'layout-shift', buffered: true });
      """;

  private final TestJobs jobs = CONSOLE.jobs();

  @Test
  void theFirstScreenIsLight() {
    for (int at = 0; at < 30; at++) {
      jobs.sum("ana.gomez", at, 1);
    }
    Visitor bruno = CONSOLE.visitor();
    List<Request> finished = new ArrayList<>();
    bruno.page().onRequestFinished(finished::add);
    bruno.signsIn("bruno.diaz", "#/jobs?" + jobs.filter()).listens();
    assertThat(new JobsScreen(bruno).rows()).hasCount(25);
    assertThat(bruno.page().locator(".pulse g").first()).isVisible();
    List<Request> seen = List.copyOf(finished);
    int bytes = seen.stream().mapToInt(WeightIT::received).sum();
    System.out.printf("console: the first screen is %d bytes in %d answers%n", bytes, seen.size());
    assertThat(seen).hasSizeGreaterThan(40);
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  private static int received(Request request) {
    Sizes sizes = request.sizes();
    return sizes.responseHeadersSize + sizes.responseBodySize;
  }

  @Test
  void theSecondVisitTakesTheFilesFromTheCache() {
    Visitor ana = CONSOLE.visitor("ana.gomez");
    assertThat(ana.heading()).hasText("Trabajos");
    Page again = ana.tab();
    again.navigate(ana.base() + "/");
    assertThat(again.getByText("Modo demostración")).isVisible();
    @SuppressWarnings("unchecked") // the page gives an array of strings
    List<String> loaded =
        (List<String>)
            again.evaluate(
                "most => performance.getEntriesByType('resource')"
                    + ".filter(entry => new URL(entry.name).pathname.match(/\\.(js|css)$/))"
                    + ".map(entry => entry.name + (entry.transferSize > most ? ' ' : ' kept ')"
                    + " + entry.transferSize)",
                NOT_MODIFIED);
    assertThat(loaded).hasSizeGreaterThan(40).allMatch(line -> line.contains(" kept "));
  }

  @Test
  void nothingMovesWhileDataArrive() {
    for (int at = 0; at < 30; at++) {
      jobs.sum("ana.gomez", at, 1);
    }
    Visitor bruno = CONSOLE.visitor();
    Page page = bruno.page();
    page.addInitScript(WATCH_SHIFTS);
    bruno.signsIn("bruno.diaz", "");
    // Loaded anew, so that no click excuses what moves afterwards.
    page.reload();
    JobsScreen list = new JobsScreen(bruno);
    assertThat(list.rows().first()).isVisible();
    bruno.listens();
    String id = jobs.longProcess("ana.gomez");
    assertThat(list.fresh()).isVisible();
    assertNothingMoved(page);
    page.evaluate("id => { location.hash = '#/jobs/' + id; }", id);
    JobScreen job = new JobScreen(bruno).says("En curso");
    assertThat(job.numbers()).containsText("Lote");
    job.progress().waitForFunction("bar => bar.value > 50");
    assertNothingMoved(page);
  }

  @SuppressWarnings("unchecked") // the page gives an array of strings
  private static void assertNothingMoved(Page page) {
    List<String> shifts = (List<String>) page.evaluate("window.shifts");
    double sum = shifts.stream().mapToDouble(line -> Double.parseDouble(line.split(" ")[0])).sum();
    System.out.printf("console: layout shift %.4f at %s%n", sum, page.url());
    assertThat(sum).as(String.join("\n", shifts)).isLessThan(MOST_SHIFT);
  }
}
