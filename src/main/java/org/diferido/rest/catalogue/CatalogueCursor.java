package org.diferido.rest.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.diferido.procedure.QualifiedName;
import org.diferido.rest.JobQuery;
import org.jspecify.annotations.Nullable;

/** Behind which name a page begins; opaque to clients, so that it can change. */
final class CatalogueCursor {

  private static final String BEGIN = "p";

  /** In no name of any dictionary. */
  private static final String BETWEEN = "\0";

  private CatalogueCursor() {}

  static String of(QualifiedName name) {
    String pack = name.packageName() == null ? "" : name.packageName();
    String text = String.join(BETWEEN, BEGIN + name.schema(), pack, name.name());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /**
   * Reads one.
   *
   * @throws org.diferido.failure.FailureException INVALID_REQUEST when it is none
   */
  static @Nullable QualifiedName read(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      String[] parts = text.split(BETWEEN, -1);
      if (text.startsWith(BEGIN) && parts.length == 3) {
        String schema = parts[0].substring(BEGIN.length());
        return new QualifiedName(schema, parts[1].isEmpty() ? null : parts[1], parts[2], false);
      }
    } catch (IllegalArgumentException e) {
      // told below, like a cursor of another kind
    }
    throw JobQuery.invalid("?cursor", "query.cursor");
  }
}
