package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.Flow;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The list of jobs beside ten thousand of them, for {@code -Dconsole.minutes=N} (10) while others
 * come and end: {@code mvn verify -Pvolume -Dit.test=ManyJobsVolumeIT}. What the browser kept in
 * memory is in {@code target/volume/console.txt}.
 */
class ManyJobsVolumeIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final int JOBS = 10_000;
  private static final int MINUTES = Integer.getInteger("console.minutes", 10);
  private static final int LOOKS_A_MINUTE = 6;
  private static final double BETWEEN_LOOKS_MILLIS = 60_000.0 / LOOKS_A_MINUTE;

  /** Megabytes by which the last third may be above the first: less than the page itself takes. */
  private static final double FLAT = 1.5;

  /** A task of the browser beyond it is felt (Long Tasks API: 50 ms), and this is much more. */
  private static final int LONGEST_TASK_MILLIS = 500;

  private static final String WATCH_TASKS =
      "window.longest = 0; new PerformanceObserver(list => list.getEntries().forEach(entry =>"
          + " { window.longest = Math.max(window.longest, entry.duration); }))"
          + ".observe({ type: 'longtask' });";

  private final List<String> report = new ArrayList<>();

  @Test
  void tenThousandJobsAreFilteredPagedAndFollowedInTheSameMemory() throws Exception {
    TestJobs jobs = CONSOLE.jobs();
    try (Flow flow = new Flow(jobs)) {
      flow.fill(JOBS);
      Visitor bruno = CONSOLE.visitor("bruno.diaz").listens();
      JobsScreen list = new JobsScreen(bruno);
      assertThat(list.rows()).hasCount(25);
      assertThat(list.pager()).containsText(Pattern.compile("1–25 de \\d+\\.\\d{3}"));
      filters(bruno, list, jobs);
      bruno.goes("#/jobs");
      assertThat(list.rows()).hasCount(25);
      bruno.page().evaluate("window.stayed = true");
      bruno.page().evaluate(WATCH_TASKS);
      flow.begin();
      assertThat(list.fresh()).isVisible();
      List<Double> heap = watch(bruno.page());
      assertThat(list.fresh()).isVisible();
      list.fresh().click();
      assertThat(list.rows()).hasCount(25);
      assertThat(bruno.page().evaluate("window.stayed")).isEqualTo(true);
      double longest = ((Number) bruno.page().evaluate("window.longest")).doubleValue();
      tell("the longest task of the browser: %.0f ms; %d jobs meanwhile", longest, flow.made());
      assertThat(longest).isLessThan(LONGEST_TASK_MILLIS);
      int third = heap.size() / 3;
      double first = median(heap.subList(0, third));
      double last = median(heap.subList(heap.size() - third, heap.size()));
      tell("heap: median of the first third %.2f MB, of the last %.2f MB", first, last);
      assertThat(last - first).as("growth in MB").isLessThan(FLAT);
    } finally {
      Path folder = Files.createDirectories(Path.of("target", "volume"));
      Files.write(folder.resolve("console.txt"), report);
    }
  }

  private void filters(Visitor bruno, JobsScreen list, TestJobs jobs) {
    long begin = System.nanoTime();
    list.with("label=n%3D7&" + jobs.filter());
    assertThat(list.chip("n=7")).isVisible();
    assertThat(list.pager()).containsText("1–25 de " + JOBS / Flow.LABELS);
    assertThat(bruno.page().locator(".stale")).hasCount(0);
    tell("a filter: %d ms until its rows are there", (System.nanoTime() - begin) / 1_000_000);
    bruno.button("Más antiguos").click();
    assertThat(list.pager()).containsText("26–50 de");
    list.tab("Con problemas").click();
    assertThat(list.tab("Con problemas")).hasAttribute("aria-current", "page");
    assertThat(list.rows().first()).containsText("n=7");
  }

  /** Megabytes of the page's heap after a collection, again and again. */
  private List<Double> watch(Page page) {
    CDPSession tools = page.context().newCDPSession(page);
    tools.send("HeapProfiler.enable");
    List<Double> heap = new ArrayList<>();
    for (int look = 0; look < Math.max(3, MINUTES * LOOKS_A_MINUTE); look++) {
      page.waitForTimeout(BETWEEN_LOOKS_MILLIS);
      tools.send("HeapProfiler.collectGarbage");
      double used = tools.send("Runtime.getHeapUsage").get("usedSize").getAsDouble() / 1_000_000;
      heap.add(used);
      tell("heap after %3.0f s: %.2f MB", (look + 1) * BETWEEN_LOOKS_MILLIS / 1000, used);
    }
    return heap;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void tell(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    report.add(line);
    System.out.println("console: " + line);
  }
}
