package org.diferido.rest.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Whom the edge trusts, read once, at start.
 *
 * @param origins of pages of other hosts that may ask ({@code diferido.cors.origins}); {@code
 *     https://host} or {@code http://host:port}, in lower case
 * @param proxies whose word about who asks, and how, counts ({@code diferido.proxies})
 * @param metricsReaders who may read the metrics without a token, beside this machine ({@code
 *     diferido.metrics.from})
 */
public record EdgeSettings(
    Set<String> origins, List<AddressRange> proxies, List<AddressRange> metricsReaders) {

  public EdgeSettings {
    origins = Set.copyOf(origins);
    proxies = List.copyOf(proxies);
    metricsReaders = List.copyOf(metricsReaders);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException that names the property and what it takes
   */
  static EdgeSettings from(Config config) {
    return new EdgeSettings(
        entries(config, "diferido.cors.origins")
            .map(EdgeSettings::origin)
            .collect(Collectors.toSet()),
        ranges(config, "diferido.proxies"),
        ranges(config, "diferido.metrics.from"));
  }

  private static List<AddressRange> ranges(Config config, String property) {
    return entries(config, property).map(text -> range(property, text)).toList();
  }

  private static Stream<String> entries(Config config, String property) {
    return Arrays.stream(config.getOptionalValue(property, String.class).orElse("").split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty());
  }

  /** As a browser writes it (RFC 6454, section 6.2): nothing but scheme, host and port. */
  private static String origin(String text) {
    try {
      URI uri = new URI(text.toLowerCase(Locale.ROOT));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String written = uri.getScheme() + "://" + uri.getHost() + port;
      if (web && uri.getHost() != null && written.equals(uri.toString())) {
        return written;
      }
    } catch (URISyntaxException e) {
      // told below, like one that is no origin
    }
    throw new IllegalArgumentException(
        "diferido.cors.origins takes origins such as https://app.example.com, not '" + text + "'");
  }

  private static AddressRange range(String property, String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          property
              + " takes addresses and ranges such as 10.0.0.7 or 10.0.0.0/8, not '"
              + text
              + "'",
          e);
    }
  }
}
