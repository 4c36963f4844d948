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
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.rest.edge.ForwardedRequest;
import org.diferido.rest.problem.Trace;
import org.jspecify.annotations.Nullable;

/** Puts each request that changes something into the audit log, with what became of it. */
@Provider
@Audited
public class AuditFilter implements ContainerResponseFilter {

  private static final int REFUSED = 400;
  private static final int FAILED = 500;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private AuditLog log;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private AuditTrail trail;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private ForwardedRequest forwarded;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private HttpServletRequest request;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext asked, ContainerResponseContext answer) {
    Principal caller = asked.getSecurityContext().getUserPrincipal();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("caller", caller == null ? null : caller.getName());
    line.put("action", resource.getResourceMethod().getName());
    line.put("job", trail.job());
    line.put("procedure", trail.procedure());
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
