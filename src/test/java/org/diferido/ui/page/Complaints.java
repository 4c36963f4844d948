package org.diferido.ui.page;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a browser has to say against a page: exceptions, errors and warnings in its console,
 * breaches of the page's policy (CSP), and native dialogs. That the service answered a request with
 * an error is none.
 */
final class Complaints {

  private static final Set<String> BAD = Set.of("error", "warning");
  private static final String REFUSED = "Failed to load resource";
  private static final String TELL_BREACHES =
      "addEventListener('securitypolicyviolation',"
          + " e => console.error('breach of ' + e.violatedDirective + ': ' + e.blockedURI))";

  private final String base;
  private final List<String> heard = new ArrayList<>();

  /**
   * Begins to listen.
   *
   * @param base the address of the service: what others' pages do is theirs
   */
  Complaints(String base) {
    this.base = base;
  }

  /** Before the page is opened. */
  void listenTo(Page page) {
    page.addInitScript(TELL_BREACHES);
    page.onPageError(heard::add);
    page.onConsoleMessage(this::hear);
    page.onDialog(
        dialog -> {
          heard.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
  }

  private void hear(ConsoleMessage message) {
    boolean answer = message.text().startsWith(REFUSED) && !message.location().contains("/ui/");
    boolean ours = message.page().url().startsWith(base);
    if (ours && BAD.contains(message.type()) && !answer) {
      heard.add(message.type() + ": " + message.text() + " at " + message.location());
    }
  }

  List<String> heard() {
    return List.copyOf(heard);
  }
}
