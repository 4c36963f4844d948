package org.diferido.rest.audit;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.diferido.rest.edge.ForwardedRequest;
import org.diferido.rest.problem.Trace;
import org.jspecify.annotations.Nullable;

/**
 * Puts each request that changes something into the audit log, with what became of it, and each
 * that was not let in.
 */
@Provider
public class AuditFilter implements ContainerResponseFilter {

  private static final Set<Integer> NOT_LET_IN = Set.of(401, 403);
  private static final int REFUSED = 400;
  private static final int FAILED = 500;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private AuditLog log;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private ForwardedRequest forwarded;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private HttpServletRequest request;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private ResourceInfo resource;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private RefusedEntry refused;

  @Override
  public void filter(ContainerRequestContext asked, ContainerResponseContext answer) {
    Method method = resource.getResourceMethod();
    if (method != null && method.isAnnotationPresent(Audited.class)) {
      tell(method.getName(), asked, answer);
    } else if (NOT_LET_IN.contains(answer.getStatus())) {
      refused.tell(request, request.getRequestURI(), answer.getStatus());
    }
  }

  private void tell(String action, ContainerRequestContext asked, ContainerResponseContext answer) {
    Principal caller = asked.getSecurityContext().getUserPrincipal();
    AuditTrail trail = AuditTrail.of(request);
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("caller", caller == null ? null : caller.getName());
    line.put("action", action);
    line.put("job", trail.job());
    line.put("procedure", trail.procedure());
    line.put("filter", trail.filter());
    line.put("count", trail.count());
    line.put("outcome", outcome(answer.getStatus()));
    line.put("status", answer.getStatus());
    line.put("code", code(answer.getEntity()));
    line.put("address", forwarded.clientAddress(request));
    line.put("trace_id", Trace.idOf(request));
    log.write(line);
  }

  private static String outcome(int status) {
    return status < REFUSED ? "done" : status < FAILED ? "refused" : "failed";
  }

  private static @Nullable String code(@Nullable Object entity) {
    return entity instanceof JsonObject problem ? problem.getString("code", null) : null;
  }
}
