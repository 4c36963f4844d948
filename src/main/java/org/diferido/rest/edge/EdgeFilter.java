package org.diferido.rest.edge;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The headers that every answer has, error pages included, and pages of other origins: only those
 * of the configuration may read an answer (Fetch standard, CORS protocol). No cookies are in play:
 * who asks has a token in a header of his own.
 */
public class EdgeFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final String A_YEAR = "max-age=31536000";
  private static final String ANSWERS =
      "Location, Retry-After, ETag, Link, Content-Language, Content-Disposition, Content-Range,"
          + " Accept-Ranges, Idempotency-Replayed, Preference-Applied, WWW-Authenticate";
  private static final String ASKED =
      "Authorization, Content-Type, Accept, Accept-Language, Idempotency-Key, If-None-Match,"
          + " Prefer, Range, If-Range, Last-Event-ID";

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient EdgeSettings settings;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient ForwardedRequest forwarded;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (forwarded.isSecure(request)) {
      response.setHeader("Strict-Transport-Security", A_YEAR);
    }
    if (!settings.origins().isEmpty()) {
      response.addHeader("Vary", "Origin");
      if (isAllowed(request.getHeader("Origin"))) {
        response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
        response.setHeader("Access-Control-Expose-Headers", ANSWERS);
        if (isPreflight(request)) {
          allow(response);
          return;
        }
      }
    }
    chain.doFilter(request, response);
  }

  private boolean isAllowed(@Nullable String origin) {
    return origin != null && settings.origins().contains(origin.toLowerCase(Locale.ROOT));
  }

  /** A browser asks first, without a token, whether it may ask. */
  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  private static void allow(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
    response.setHeader("Access-Control-Allow-Headers", ASKED);
    response.setHeader("Access-Control-Max-Age", "600");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
