package org.diferido.ui.page;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * axe-core: what a program can see of the rules for accessible pages, WCAG 2.2 at levels A and AA
 * and the customs beyond them. It needs a browser that lets it in in spite of the page's policy.
 */
public final class Axe {

  private static final String LOOK =
      """
      async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const { violations, passes } = await axe.run(document, { runOnly: tags });
        if (!passes.length) {
          return ['axe looked at nothing'];
        }
        return violations.flatMap(rule => rule.nodes.map(node =>
          `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
      }\
      """;

  private final String source;

  public Axe() throws IOException {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What is wrong with a page as it is now, a line for each element. */
  @SuppressWarnings("unchecked") // the page gives an array of strings
  public List<String> violations(Page page) {
    if (Boolean.FALSE.equals(page.evaluate("typeof axe === 'object'"))) {
      page.evaluate(source);
    }
    return (List<String>) page.evaluate(LOOK);
  }
}
