package org.diferido.ui.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The form of a procedure. */
public final class RunForm {

  private final Visitor visitor;
  private final Page page;

  public RunForm(Visitor visitor) {
    this.visitor = visitor;
    this.page = visitor.page();
  }

  /** Goes to the form of a procedure, with values perhaps: {@code SUMA?A=1}. */
  public RunForm of(String procedure) {
    visitor.goes("#/run/" + procedure);
    assertThat(submit()).isVisible();
    return this;
  }

  /** The input of a parameter, or of one of the options. */
  public Locator field(String name) {
    return page.locator("[id='f-" + name + "'], [id='o-" + name + "']");
  }

  /** What is wrong with it. */
  public Locator error(String name) {
    return page.locator("[id='e-f-" + name + "'], [id='e-o-" + name + "']");
  }

  public RunForm fill(String name, String value) {
    field(name).fill(value);
    return this;
  }

  /** Opens what is seldom needed: time limits and labels. */
  public RunForm moreOptions() {
    page.getByText("Más opciones").click();
    return this;
  }

  public Locator submit() {
    return page.locator("form button[type=submit]");
  }

  /** Runs it; the screen of its job is next. */
  public JobScreen run() {
    submit().click();
    return new JobScreen(visitor);
  }

  public RunForm check() {
    visitor.button("Comprobar sin ejecutar").click();
    return this;
  }

  /** What is said of the whole form. */
  public Locator notice() {
    return page.locator(".form-say .notice");
  }

  /** What a link or a job could not bring. */
  public Locator left() {
    return page.locator(".form-left");
  }

  /** The same call as text. */
  public Locator call() {
    return page.locator(".call pre");
  }
}
