package org.diferido.ui.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.diferido.it.Client;
import org.diferido.it.ServiceProcess;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The console of a service in demo mode. Browser and service are started once for all tests of a
 * JVM that need them; who was at the console in a test leaves it when the test ends, and what a
 * browser had to complain of makes the test fail.
 */
public final class DemoConsole implements BeforeAllCallback, AfterEachCallback {

  private static final Namespace HERE = Namespace.create(DemoConsole.class);
  private static final Path PICTURES = Path.of("target", "screenshots", "failed");

  private final List<Visitor> visitors = new ArrayList<>();
  private final List<TestJobs> jobs = new ArrayList<>();
  private Stage stage;

  @Override
  public void beforeAll(ExtensionContext context) {
    stage =
        context
            .getRoot()
            .getStore(HERE)
            .getOrComputeIfAbsent(Stage.class, key -> Stage.open(), Stage.class);
  }

  /** Somebody who has opened nothing yet. */
  public Visitor visitor() {
    return visitor(stage.service().port(), options -> options);
  }

  /** The same with a browser that is set up otherwise. */
  public Visitor visitor(UnaryOperator<Browser.NewContextOptions> settings) {
    return visitor(stage.service().port(), settings);
  }

  /** The same where another port of this machine leads to a service. */
  public Visitor visitor(int port, UnaryOperator<Browser.NewContextOptions> settings) {
    Visitor visitor = new Visitor(stage.browser(), "http://localhost:" + port, settings);
    visitors.add(visitor);
    return visitor;
  }

  /** One of the demo's people, signed in, at the list of jobs. */
  public Visitor visitor(String person) {
    return visitor(person, "");
  }

  /**
   * One of the demo's people, signed in.
   *
   * @param address where, such as {@code #/run}
   */
  public Visitor visitor(String person, String address) {
    return visitor().signsIn(person, address);
  }

  /** Jobs that a test has beside those of its visitors. */
  public TestJobs jobs() {
    TestJobs made = new TestJobs(this);
    jobs.add(made);
    return made;
  }

  /** The service as one of the demo's people, without the console. */
  public Client as(String person) {
    return stage.as(person);
  }

  public ServiceProcess service() {
    return stage.service();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> complaints = new ArrayList<>();
    String test = context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName();
    for (Visitor visitor : visitors) {
      if (context.getExecutionException().isPresent() && !visitor.page().isClosed()) {
        visitor.picture(PICTURES.resolve(test.replaceAll("\\W+", "-") + visitors.indexOf(visitor)));
      }
      complaints.addAll(visitor.leaves());
    }
    visitors.clear();
    jobs.forEach(TestJobs::end);
    jobs.clear();
    assertThat(complaints).as("what the browser complains of").isEmpty();
  }
}
