package org.diferido.rest.problem;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diferido.demo.DemoMode;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.security.ServiceLock;
import org.eclipse.microprofile.config.ConfigProvider;

/** Refuses every call while the service is locked, and in demo mode those from other machines. */
@Provider
@PreMatching
@Priority(1)
public class RequestGate implements ContainerRequestFilter {

  /** An address, which is never looked up. */
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:]+\\]?");

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    refusal(request)
        .ifPresent(
            failure ->
                context.abortWith(
                    ProblemMapper.response(
                            ProblemDocument.of(
                                failure,
                                Languages.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
                                request.getRequestURI(),
                                Trace.idOf(request)))
                        .build()));
  }

  /** Why a request cannot be answered at all, whatever it asks. */
  static Optional<Failure> refusal(HttpServletRequest request) {
    Optional<Failure> locked =
        ServiceLock.missing(ConfigProvider.getConfig())
            .map(missing -> Failure.of(FailureCode.NOT_CONFIGURED, missing));
    if (locked.isEmpty() && DemoMode.isOn() && !isFromHere(request)) {
      return Optional.of(Failure.of(FailureCode.NOT_FROM_HERE));
    }
    return locked;
  }

  /** By the name as well: a page of elsewhere may have its own name lead to this machine. */
  private static boolean isFromHere(HttpServletRequest request) {
    String name = request.getServerName();
    boolean here =
        name.equalsIgnoreCase("localhost") || (NUMERIC.matcher(name).matches() && isLoopback(name));
    return here && isLoopback(request.getRemoteAddr());
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
