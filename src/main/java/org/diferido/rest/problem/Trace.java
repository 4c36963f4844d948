package org.diferido.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id under which a request is found in the logs: the trace id of the client's {@code
 * traceparent} (W3C Trace Context, section 3.2) where there is one, else one of our own.
 */
public final class Trace {

  private static final String ATTRIBUTE = "org.diferido.trace";
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private Trace() {}

  /** The id of a request, the same each time. */
  public static String idOf(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = idFor(request.getHeader("traceparent"));
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  private static String idFor(@Nullable String traceParent) {
    Matcher matcher = TRACE_PARENT.matcher(traceParent == null ? "" : traceParent);
    if (matcher.matches()) {
      return matcher.group(1);
    }
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
