package org.diferido.rest.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.metrics.Scrape;
import org.diferido.rest.Callers;
import org.diferido.rest.TokenGate;
import org.diferido.rest.audit.RefusedEntry;
import org.diferido.rest.edge.MetricsReaders;
import org.diferido.rest.problem.ReadOnlyServlet;
import org.diferido.rest.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The metrics for Prometheus, in its own text format or in OpenMetrics 1.0.0, to whom asks for
 * that. They tell the names of procedures: who is not known by his address has to see all jobs.
 */
public class MetricsServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient Scrape scrape;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient MetricsReaders readers;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient RefusedEntry refused;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient Clock clock;

  @Override
  protected void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getPathInfo() != null) {
      refuse(Failure.of(FailureCode.PATH_NOT_FOUND), request, response);
      return;
    }
    Optional<Failure> refusal = Refusal.of(request).or(() -> refusal(request));
    if (refusal.isPresent()) {
      refuse(refusal.get(), request, response);
      return;
    }
    Scrape.Format format = format(request.getHeader("Accept"));
    response.setHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "no-store");
    send(scrape.in(format), format.mediaType(), request, response);
  }

  private Optional<Failure> refusal(HttpServletRequest request) {
    if (readers.areAsking(request)) {
      return Optional.empty();
    }
    Optional<Failure> refusal = refusal(request.getUserPrincipal(), clock.instant());
    refusal.ifPresent(
        failure ->
            refused.tell(
                request,
                request.getRequestURI(),
                failure.code() == FailureCode.FORBIDDEN
                    ? HttpServletResponse.SC_FORBIDDEN
                    : HttpServletResponse.SC_UNAUTHORIZED));
    return refusal;
  }

  private static Optional<Failure> refusal(@Nullable Principal principal, Instant now) {
    try {
      TokenGate.check(principal, now);
      return Callers.of(principal).seesAllJobs()
          ? Optional.empty()
          : Optional.of(Failure.of(FailureCode.FORBIDDEN));
    } catch (FailureException e) {
      return Optional.of(e.failure());
    }
  }

  /** Whoever names OpenMetrics at all can read it, and Prometheus prefers it. */
  static Scrape.Format format(@Nullable String accept) {
    return accept != null
            && accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text")
        ? Scrape.Format.OPEN_METRICS
        : Scrape.Format.TEXT;
  }
}
