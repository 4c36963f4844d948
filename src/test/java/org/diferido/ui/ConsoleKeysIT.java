package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console without a mouse. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleKeysIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private final TestJobs jobs = CONSOLE.jobs();
  private String older;
  private String newer;
  private Visitor bruno;
  private JobsScreen list;

  @BeforeEach
  void openTheList() {
    older = jobs.awaits(jobs.echo("ana.gomez", "uno"), "succeeded");
    newer = jobs.awaits(jobs.echo("ana.gomez", "dos"), "succeeded");
    bruno = CONSOLE.visitor("bruno.diaz", "#/jobs?" + jobs.filter());
    list = new JobsScreen(bruno);
    assertThat(list.rows()).hasCount(2);
  }

  private Locator nameOf(String id) {
    return list.row(id).locator("a.name-link");
  }

  @Test
  void rowsAreReachedChosenAndOpened() {
    bruno.presses("j");
    assertThat(nameOf(newer)).isFocused();
    bruno.presses("j");
    assertThat(nameOf(older)).isFocused();
    bruno.presses("k", "x");
    assertThat(list.bulk()).containsText("1 elegido");
    assertThat(list.row(newer).getByRole(AriaRole.CHECKBOX)).isChecked();
    bruno.presses("Escape");
    assertThat(list.bulk()).hasCount(0);
    bruno.presses("j");
    assertThat(nameOf(older)).isFocused();
    bruno.presses("Enter");
    bruno.isAt("#/jobs/" + older);
    assertThat(bruno.heading()).isFocused();
    bruno.presses("Escape");
    bruno.isAt("#/jobs\\?.*label=.*");
    assertThat(list.row(older)).hasClass(Pattern.compile("cursor"));
    bruno.presses("k");
    assertThat(nameOf(newer)).isFocused();
  }

  @Test
  void theSearchBoxIsReachedAndLeftAndKeysAreLettersInIt() {
    bruno.presses("/");
    assertThat(list.search()).isFocused();
    bruno.presses("g", "s", "?");
    assertThat(list.search()).hasValue("gs?");
    bruno.isAt("#/jobs\\?.*q=gs.*");
    assertThat(bruno.dialog()).hasCount(0);
    bruno.presses("Escape");
    assertThat(list.search()).not().isFocused();
  }

  @Test
  void gLeadsToEachScreen() {
    for (String[] each :
        new String[][] {
          {"e", "¿Qué quiere ejecutar?"},
          {"p", "Procedimientos"},
          {"s", "Sistema"},
          {"j", "Trabajos"}
        }) {
      bruno.presses("g", each[0]);
      assertThat(bruno.heading()).hasText(each[1]);
    }
  }

  @Test
  void theHelpKeepsTheFocusInsideAndGivesItBack() {
    list.tab("Completados").focus();
    bruno.presses("?");
    assertThat(bruno.dialog()).containsText("Atajos de teclado");
    for (int at = 0; at < 5; at++) {
      bruno.presses("Tab");
      assertThat(bruno.page().locator(".dialog :focus")).hasCount(1);
    }
    bruno.presses("Shift+Tab", "Escape");
    assertThat(bruno.dialog()).hasCount(0);
    assertThat(list.tab("Completados")).isFocused();
  }

  @Test
  void timesAreExactOrRelative() {
    Locator time = list.row(newer).getByRole(AriaRole.TIME);
    assertThat(time).not().hasText(Pattern.compile("\\d\\d/\\d\\d.*"));
    bruno.presses("t");
    assertThat(time).hasText(Pattern.compile("\\d\\d/\\d\\d.*\\d\\d:\\d\\d"));
    bruno.presses("t");
    assertThat(time).not().hasText(Pattern.compile("\\d\\d/\\d\\d.*"));
  }

  @Test
  void singleKeysCanBeSwitchedOff() {
    bruno.presses("?");
    bruno.page().getByLabel("Usar atajos de una sola tecla").uncheck();
    bruno.presses("Escape");
    assertThat(bruno.dialog()).hasCount(0);
    bruno.presses("x", "g", "s", "?");
    assertThat(bruno.dialog()).hasCount(0);
    bruno.isAt("#/jobs\\?" + Pattern.quote(jobs.filter()));
    bruno.button("Atajos de teclado").click();
    assertThat(bruno.page().getByLabel("Usar atajos de una sola tecla")).not().isChecked();
  }

  @Test
  void noKeyActsTogetherWithControlOrAlt() {
    bruno.presses("Control+j", "Alt+x");
    assertThat(list.bulk()).hasCount(0);
    bruno.presses("j");
    assertThat(nameOf(newer)).isFocused();
  }

  @Test
  void theFirstStopOfTabLeadsPastTheMenu() {
    bruno.page().reload();
    assertThat(list.rows()).hasCount(2);
    bruno.presses("Tab");
    assertThat(bruno.link("Saltar al contenido")).isFocused();
    bruno.presses("Enter");
    assertThat(bruno.heading()).isFocused();
    assertThat(bruno.address()).contains(jobs.filter());
  }
}
