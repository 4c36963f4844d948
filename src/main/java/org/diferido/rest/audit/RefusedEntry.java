package org.diferido.rest.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.rest.edge.ForwardedRequest;
import org.diferido.rest.problem.Trace;
import org.jspecify.annotations.Nullable;

/**
 * Puts into the audit log who was not let in: without a token, with one that is none, or not here.
 */
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
   * @param status that was answered
   */
  public void tell(HttpServletRequest request, String path, int status) {
    Principal caller = request.getUserPrincipal();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("caller", caller == null ? null : caller.getName());
    line.put("action", "enter");
    line.put("path", path);
    line.put("outcome", "refused");
    line.put("status", status);
    line.put("address", forwarded.clientAddress(request));
    line.put("trace_id", Trace.idOf(request));
    log.write(line);
  }
}
