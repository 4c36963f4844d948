package org.diferido.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.util.TreeMap;

/** Links between the pages of a list, RFC 8288. */
public final class Pages {

  private Pages() {}

  /**
   * The {@code Link} to the next page: the same query, from a cursor on.
   *
   * @param query the decoded query parameters of this page
   */
  public static String next(String path, MultivaluedMap<String, String> query, String cursor) {
    StringBuilder link = new StringBuilder("<").append(path).append('?');
    // By name: in which order a server has them differs.
    new TreeMap<>(query)
        .forEach(
            (name, values) -> {
              if (!name.equals("cursor")) {
                values.forEach(value -> link.append(pair(name, value)).append('&'));
              }
            });
    return link.append(pair("cursor", cursor)).append(">; rel=\"next\"").toString();
  }

  private static String pair(String name, String value) {
    return encoded(name) + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
