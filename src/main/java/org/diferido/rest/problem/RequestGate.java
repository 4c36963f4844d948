package org.diferido.rest.problem;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.diferido.demo.DemoMode;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.edge.Loopback;
import org.diferido.rest.traffic.RequestNote;
import org.diferido.security.ServiceLock;
import org.eclipse.microprofile.config.ConfigProvider;

/** Refuses every call while the service is locked, and in demo mode those from other machines. */
@Provider
@PreMatching
@Priority(1)
public class RequestGate implements ContainerRequestFilter {

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    refusal(request)
        .ifPresent(
            failure -> {
              RequestNote.of(request).failure(failure.code());
              context.abortWith(
                  ProblemMapper.response(
                          ProblemDocument.of(
                              failure,
                              Languages.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
                              request.getRequestURI(),
                              Trace.idOf(request)))
                      .build());
            });
  }

  /** Why a request cannot be answered at all, whatever it asks. */
  static Optional<Failure> refusal(HttpServletRequest request) {
    Optional<Failure> locked =
        ServiceLock.missing(ConfigProvider.getConfig())
            .map(missing -> Failure.of(FailureCode.NOT_CONFIGURED, missing));
    if (locked.isEmpty() && DemoMode.isOn() && !Loopback.isAsked(request)) {
      return Optional.of(Failure.of(FailureCode.NOT_FROM_HERE));
    }
    return locked;
  }
}
