package org.diferido.procedure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which procedures and functions are to be listed.
 *
 * @param among those that one of these matches
 * @param text only those in whose full name it is found, in any case; or null
 * @param after only those that come after this one, or null for the first
 * @param most how many
 */
public record CatalogueQuery(
    List<ProcedurePattern> among, @Nullable String text, @Nullable QualifiedName after, int most) {

  public CatalogueQuery {
    among = List.copyOf(among);
  }

  /** Whether a procedure is one of them, wherever the list begins. */
  public boolean has(QualifiedName name) {
    return among.stream().anyMatch(pattern -> pattern.matches(name))
        && (text == null || folded(name.full()).contains(folded(text)));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
