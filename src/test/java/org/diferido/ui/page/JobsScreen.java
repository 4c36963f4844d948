package org.diferido.ui.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of jobs. */
public final class JobsScreen {

  private final Visitor visitor;
  private final Page page;

  public JobsScreen(Visitor visitor) {
    this.visitor = visitor;
    this.page = visitor.page();
  }

  /** Goes to the list with filters, such as {@code state=failed}. */
  public JobsScreen with(String filters) {
    visitor.goes("#/jobs?" + filters);
    return this;
  }

  public Locator rows() {
    return page.locator("table.jobs tbody tr");
  }

  public Locator row(String id) {
    return rows()
        .filter(new Locator.FilterOptions().setHas(page.locator("a[href='#/jobs/" + id + "']")));
  }

  /** Waits until just these jobs are shown, in this order. */
  public JobsScreen shows(List<String> ids) {
    Locator names = rows().locator("a.name-link");
    assertThat(names).hasCount(ids.size());
    for (int at = 0; at < ids.size(); at++) {
      assertThat(names.nth(at)).hasAttribute("href", "#/jobs/" + ids.get(at));
    }
    return this;
  }

  /** The word for the state of a job. */
  public Locator state(String id) {
    return row(id).locator(".state");
  }

  /** How far a job is that runs, such as {@code 12%}. */
  public String percent(String id) {
    Pattern percent = Pattern.compile("\\d+%");
    assertThat(row(id)).containsText(percent);
    Matcher found = percent.matcher(row(id).innerText());
    if (!found.find()) {
      throw new AssertionError("it runs no more: " + row(id).innerText());
    }
    return found.group();
  }

  /** One of the tabs, with its count. */
  public Locator tab(String name) {
    return page.locator(".tabs")
        .getByRole(
            AriaRole.LINK,
            new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + "( |$)")));
  }

  public Locator search() {
    return page.getByRole(AriaRole.SEARCHBOX);
  }

  /** A filter of the address that can be taken away. */
  public Locator chip(String name) {
    return page.locator(".chip.on").filter(new Locator.FilterOptions().setHasText(name));
  }

  /** The button that says how many new jobs there are. */
  public Locator fresh() {
    return page.locator(".fresh");
  }

  public Locator pager() {
    return page.locator(".pager");
  }

  /** Selects jobs one by one. */
  public JobsScreen choose(String... ids) {
    for (String id : ids) {
      row(id).getByRole(AriaRole.CHECKBOX).check();
    }
    return this;
  }

  public void choosePage() {
    page.getByLabel("Elegir los de esta página").check();
  }

  /** What can be done to the jobs that are selected. */
  public Locator bulk() {
    return page.locator(".bulk");
  }

  /** A button of it, by its name with its count. */
  public Locator bulk(String action) {
    return bulk()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(action).setExact(true));
  }
}
