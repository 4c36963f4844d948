package org.diferido.rest.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.rest.edge.ForwardedRequest;
import org.diferido.rest.problem.Trace;
import org.jspecify.annotations.Nullable;

/** Puts into the audit log who was not let in at all: without a token, or with one that is none. */
@ApplicationScoped
public class RefusedEntry {

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  AuditLog log;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  ForwardedRequest forwarded;

  /**
   * Tells of one request.
   *
   * @param path that was asked for
   */
  public void tell(HttpServletRequest request, String path) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("action", "enter");
    line.put("path", path);
    line.put("outcome", "refused");
    line.put("status", HttpServletResponse.SC_UNAUTHORIZED);
    line.put("address", forwarded.clientAddress(request));
    line.put("trace_id", Trace.idOf(request));
    log.write(line);
  }
}
