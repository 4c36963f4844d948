package org.diferido.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters of one result; what cannot be read is INVALID_REQUEST, with its name.
 */
final class ResultQuery {

  private static final int MOST_ROWS = 10_000;
  private static final int USUAL_ROWS = 1000;
  private static final String CURSOR = "r";

  private ResultQuery() {}

  /** Refuses what would be passed over: of one given twice a value, of a file a page. */
  static void checked(MultivaluedMap<String, String> query, ResultFormat format) {
    query.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw JobQuery.invalid("?" + name, "query.repeated", name);
          }
        });
    for (String name : List.of("limit", "cursor")) {
      if (format != ResultFormat.JSON && query.containsKey(name)) {
        throw JobQuery.invalid("?" + name, "query.only_json", name);
      }
    }
  }

  static int limit(@Nullable String text) {
    return text == null ? USUAL_ROWS : JobQuery.limit(text, MOST_ROWS);
  }

  /** The number of the row that a page begins with, as {@link #cursor} told it. */
  static long from(@Nullable String cursor, long rowCount) {
    if (cursor == null) {
      return 0;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      if (text.startsWith(CURSOR)) {
        long from = Long.parseLong(text.substring(CURSOR.length()));
        if (from >= 0 && from <= rowCount) {
          return from;
        }
      }
    } catch (IllegalArgumentException e) {
      // told below, like a cursor of another kind
    }
    throw JobQuery.invalid("?cursor", "query.cursor");
  }

  /** Opaque to clients, so that it can change. */
  static String cursor(long from) {
    byte[] text = (CURSOR + from).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }
}
