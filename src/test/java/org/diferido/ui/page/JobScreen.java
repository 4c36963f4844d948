package org.diferido.ui.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The screen of one job. */
public final class JobScreen {

  private final Visitor visitor;
  private final Page page;

  public JobScreen(Visitor visitor) {
    this.visitor = visitor;
    this.page = visitor.page();
  }

  /** Goes to the screen of a job. */
  public JobScreen of(String id) {
    visitor.goes("#/jobs/" + id);
    return this;
  }

  /** Waits until the job is said to be in a state, in the words of the page. */
  public JobScreen says(String state) {
    assertThat(page.locator(".hero-state")).hasText(state);
    return this;
  }

  /** The id of the job, when the address is that of one. */
  public String id() {
    visitor.isAt("#/jobs/[0-9a-f]{32}");
    return visitor.address().substring("#/jobs/".length());
  }

  /** The one thing that is proposed. */
  public Locator primary() {
    return page.locator(".hero-do .btn.primary");
  }

  /** The sentence under the state. */
  public Locator sentence() {
    return page.locator(".hero-say");
  }

  public Locator progress() {
    return page.locator(".hero").getByRole(AriaRole.PROGRESSBAR);
  }

  /** Percentage, source and message. */
  public Locator numbers() {
    return page.locator(".hero-numbers");
  }

  /** What became of a cancel. */
  public Locator steps() {
    return page.locator(".steps li");
  }

  /** A part of the page, by its title. */
  public Locator panel(String title) {
    return page.locator("section.panel")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.HEADING, new Page.GetByRoleOptions().setName(title).setLevel(2))));
  }

  /** What came back in parameters. */
  public Locator values() {
    return page.locator(".values");
  }

  /** The first rows of a result. */
  public Locator rows() {
    return page.locator("table.grid tbody tr");
  }
}
