package org.diferido.rest;

import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;

/** Links between the pages of a list, RFC 8288. */
final class Pages {

  private Pages() {}

  /** The {@code Link} to the next page: the same query, from a cursor on. */
  static String next(UriInfo uri, String cursor) {
    UriBuilder next = UriBuilder.fromPath("/" + uri.getPath().replaceFirst("^/+", ""));
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!name.equals("cursor")) {
                next.queryParam(name, values.toArray());
              }
            });
    return "<" + next.queryParam("cursor", cursor).build() + ">; rel=\"next\"";
  }
}
