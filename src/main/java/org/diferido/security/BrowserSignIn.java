package org.diferido.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in who use the service with a browser (OpenID Connect Core 1.0, with PKCE).
 *
 * @param issuer where, an http or https address: that of the tokens that count
 * @param clientId as which client of the issuer ({@code diferido.console.client-id})
 * @param scope what is asked for ({@code diferido.console.scope}); null for the console's own
 */
public record BrowserSignIn(String issuer, String clientId, @Nullable String scope) {

  private static final String CLIENT_ID = "diferido.console.client-id";
  private static final String SCOPE = "diferido.console.scope";

  /** RFC 6749, appendix A.1; no space, which nobody means. */
  private static final Pattern CLIENT = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** RFC 6749, section 3.3. */
  private static final Pattern SCOPES =
      Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+(?: [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

  private static final int LONGEST_SCOPE = 1000;

  /**
   * Reads it.
   *
   * @return empty when something of it is not set: see {@link #missing}
   * @throws IllegalArgumentException that names the property and what it takes
   */
  public static Optional<BrowserSignIn> from(Config config) {
    Optional<String> clientId = text(config, CLIENT_ID);
    Optional<String> scope = text(config, SCOPE);
    if (clientId.filter(id -> !CLIENT.matcher(id).matches()).isPresent()) {
      throw new IllegalArgumentException(
          CLIENT_ID + " takes up to 255 visible ASCII characters, not '" + clientId.get() + "'");
    }
    if (scope.filter(text -> !isScope(text)).isPresent()) {
      throw new IllegalArgumentException(
          SCOPE
              + " takes words with a space between them, of which one is openid, not '"
              + scope.get()
              + "'");
    }
    Optional<String> issuer = issuer(config);
    return issuer.isEmpty() || clientId.isEmpty()
        ? Optional.empty()
        : Optional.of(new BrowserSignIn(issuer.get(), clientId.get(), scope.orElse(null)));
  }

  /** The property without which nobody can sign in. */
  public static String missing(Config config) {
    return issuer(config).isEmpty() ? LockedConfiguration.ISSUER_PROPERTY : CLIENT_ID;
  }

  /** OpenID Connect Core 1.0, section 3.1.2.1: without openid it is something else. */
  private static boolean isScope(String text) {
    return text.length() <= LONGEST_SCOPE
        && SCOPES.matcher(text).matches()
        && List.of(text.split(" ")).contains("openid");
  }

  private static Optional<String> text(Config config, String property) {
    return config
        .getOptionalValue(property, String.class)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** One that a browser can be sent to. */
  private static Optional<String> issuer(Config config) {
    return text(config, LockedConfiguration.ISSUER_PROPERTY)
        .filter(issuer -> origin(issuer).isPresent());
  }

  /** The issuer's origin (RFC 6454, section 6.2). */
  public String origin() {
    return origin(issuer).orElseThrow();
  }

  private static Optional<String> origin(String address) {
    try {
      URI uri = new URI(address);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return web && uri.getHost() != null
          ? Optional.of(uri.getScheme() + "://" + uri.getHost() + port)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
