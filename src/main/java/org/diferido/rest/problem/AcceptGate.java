package org.diferido.rest.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an {@code Accept} that names no media type (RFC 9110, section 12.5.1), which one server
 * takes for a broken request and the other for a wish that cannot be met. One that names nothing at
 * all says nothing.
 */
public class AcceptGate extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final String ACCEPT = "Accept";

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
  private static final String RANGE = TOKEN + "/" + TOKEN;
  private static final String PARAMETER =
      "\\s*;\\s*(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?";

  /** Media ranges with parameters; empty elements of a list count for nothing (section 5.6.1). */
  private static final Pattern RANGES =
      Pattern.compile(
          "\\s*(?:R(?:P)*+)?\\s*(?:,\\s*(?:R(?:P)*+)?\\s*)*+"
              .replace("R", RANGE)
              .replace("P", PARAMETER));

  private static final Pattern NOTHING = Pattern.compile("[\\s,]*");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    List<String> accepted = Collections.list(request.getHeaders(ACCEPT));
    if (!accepted.stream().allMatch(AcceptGate::isReadable)) {
      Refusal.write(
          HttpStatus.failureOf(HttpServletResponse.SC_NOT_ACCEPTABLE, request.getMethod()),
          request,
          response);
    } else if (!accepted.isEmpty() && accepted.stream().allMatch(AcceptGate::isNothing)) {
      chain.doFilter(new WithoutAccept(request), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isNothing(String header) {
    return NOTHING.matcher(header).matches();
  }

  /** A request that does not say what it takes. */
  private static final class WithoutAccept extends HttpServletRequestWrapper {

    WithoutAccept(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(ACCEPT) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase(ACCEPT)
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(
          Collections.list(super.getHeaderNames()).stream()
              .filter(name -> !name.equalsIgnoreCase(ACCEPT))
              .toList());
    }
  }

  static boolean isReadable(String header) {
    return RANGES.matcher(header).matches();
  }
}
