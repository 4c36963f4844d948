package org.diferido.ui.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Somebody at the console, with a browser that nobody has used before. */
public final class Visitor {

  /** A file as the browser received it. */
  @SuppressWarnings("ArrayRecordComponent") // read, and never compared
  public record Received(String name, byte[] bytes) {}

  private static final double PATIENCE_MILLIS = 30_000;

  private final String base;
  private final BrowserContext context;
  private final Page page;
  private final Complaints complaints;
  private final CaughtUp caughtUp = new CaughtUp();

  /**
   * Opens a browser window.
   *
   * @param base the address of the service, without the slash at its end
   */
  public Visitor(Browser browser, String base, UnaryOperator<Browser.NewContextOptions> settings) {
    this.base = base;
    complaints = new Complaints(base);
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(1280, 860)
            .setLocale("es-AR")
            .setTimezoneId("America/Argentina/Buenos_Aires")
            // What moves is painted again sixty times a second, by the processor alone.
            .setReducedMotion(ReducedMotion.REDUCE)
            .setPermissions(List.of("clipboard-read", "clipboard-write"));
    context = browser.newContext(settings.apply(options));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page = tab();
    caughtUp.listenTo(page);
  }

  /** Another tab of the same browser. */
  public Page tab() {
    Page opened = context.newPage();
    complaints.listenTo(opened);
    return opened;
  }

  public Page page() {
    return page;
  }

  public BrowserContext context() {
    return context;
  }

  public String base() {
    return base;
  }

  /** Opens the console, or goes somewhere else in it. */
  public Visitor goes(String address) {
    page.navigate(base + "/" + address);
    return this;
  }

  /** Opens the console and chooses who to be. */
  public Visitor signsIn(String person, String address) {
    goes(address);
    return chooses(person);
  }

  /** Chooses who to be, where the console asks for it. */
  public Visitor chooses(String person) {
    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(person + ".*")))
        .click();
    assertThat(page.locator(".shell")).isVisible();
    return this;
  }

  /**
   * Waits until the console listens to news, and has read again what it may have missed before:
   * what happens from here on comes as news.
   */
  public Visitor listens() {
    page.waitForCondition(caughtUp::isTrue);
    return this;
  }

  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  public Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What the screen is about. */
  public Locator heading() {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  /** The ways to the screens. */
  public Locator menu() {
    return page.getByRole(
        AriaRole.NAVIGATION,
        new Page.GetByRoleOptions().setName(Pattern.compile("^(Principal|Main)$")));
  }

  public Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** A button of the dialog that is open. */
  public Locator answer(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A message that goes away by itself. */
  public Locator toast() {
    return page.locator(".toast");
  }

  /** What a screen reader is told. */
  public Locator told() {
    return page.locator("#told");
  }

  /** Whether news come: the word in the frame. */
  public Locator connection() {
    return page.locator(".live");
  }

  public void presses(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  /** Waits until the address, from the fragment on, matches. */
  public void isAt(String pattern) {
    page.waitForURL(Pattern.compile(Pattern.quote(base + "/") + pattern + "$"));
  }

  /** The address from the fragment on. */
  public String address() {
    return page.url().substring(base.length() + 1);
  }

  public String clipboard() {
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  /** All that the browser keeps of the page beyond its memory. */
  public String kept() {
    return (String)
        page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})");
  }

  /** The file that the browser receives when something is clicked. */
  public Received downloads(Locator button) throws IOException {
    Download download = page.waitForDownload(button::click);
    try (InputStream bytes = download.createReadStream()) {
      return new Received(download.suggestedFilename(), bytes.readAllBytes());
    }
  }

  /** Pixels by which the whole page can be scrolled sideways. */
  public int overhang() {
    return (int)
        page.evaluate(
            "() => { scrollTo(10000, scrollY); const over = scrollX; scrollTo(0, scrollY);"
                + " return over; }");
  }

  /** Keeps what is to be seen, the whole length of the page. */
  public void picture(Path file) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(file.resolveSibling(file.getFileName() + ".png"))
            .setFullPage(true));
  }

  /** Closes the browser; gives back what it had to complain of. */
  public List<String> leaves() {
    context.close();
    return complaints.heard();
  }
}
