package org.diferido.security;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
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

  /** Without a user, whom no browser is told; hosts of containers may have an underscore. */
  private static final Pattern WEB =
      Pattern.compile(
          "(?<scheme>https?)://(?<host>[^\\s/?#@:\\[\\]]+|\\[[0-9A-Fa-f:.]+\\])(?<port>:\\d{1,5})?(?:[/?]\\S*)?");

  /** What Content-Security-Policy takes (CSP Level 3, section 2.3.1), and nothing else with it. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+\\])(?::\\d+)?");

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

  /** Hosts beyond ASCII have the name that browsers ask by (RFC 5890), as have their origins. */
  private static Optional<String> origin(String address) {
    Matcher web = WEB.matcher(address);
    if (!web.matches()) {
      return Optional.empty();
    }
    try {
      String host = IDN.toASCII(web.group("host")).toLowerCase(Locale.ROOT);
      String port = web.group("port") == null ? "" : web.group("port");
      return Optional.of(web.group("scheme") + "://" + host + port)
          .filter(origin -> ORIGIN.matcher(origin).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
