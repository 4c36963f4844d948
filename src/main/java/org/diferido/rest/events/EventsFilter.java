package org.diferido.rest.events;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.execution.JobAccess;
import org.diferido.execution.JobFeed;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.SteadyClock;
import org.diferido.rest.AcceptedTypes;
import org.diferido.rest.Callers;
import org.diferido.rest.JobView;
import org.diferido.rest.TokenGate;
import org.diferido.rest.audit.RefusedEntry;
import org.diferido.rest.problem.Languages;
import org.diferido.rest.problem.Refusal;
import org.diferido.rest.traffic.RequestNote;
import org.diferido.security.Caller;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /jobs/{id}/events} and {@code GET /events}: Server-Sent Events (WHATWG HTML, "Server-
 * sent events"). A filter rather than a resource: JAX-RS only knows how to write them on a thread
 * that waits for whoever reads slowly.
 */
public class EventsFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(EventsFilter.class.getName());

  private static final Pattern PATH = Pattern.compile("/events|/jobs/([^/]+)/events");
  private static final String EVENTS = "text/event-stream";

  /** By how much the clock of the node that told of an event may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** Who was away for longer lists anew: too much may have happened to look for it. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(10);

  /** More than that may have changed since a listener was last there is for it to list anew. */
  private static final int MOST_MISSED = 1000;

  private final transient Streams streams;

  @Inject
  public EventsFilter(
      JobAccess jobs,
      JobFeed feed,
      JobView view,
      Clock clock,
      SteadyClock steady,
      RefusedEntry refused) {
    this.streams = new Streams(jobs, feed, new Renderings(view), clock, steady, refused);
  }

  private record Streams(
      JobAccess jobs,
      JobFeed feed,
      Renderings renderings,
      Clock clock,
      SteadyClock steady,
      RefusedEntry refused) {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher path = PATH.matcher(path(request));
    if (!path.matches()) {
      chain.doFilter(request, response);
      return;
    }
    RequestNote.of(request).route(path.group(1) == null ? "/events" : "/jobs/{id}/events");
    try {
      begin(path.group(1), request, response);
    } catch (FailureException e) {
      refuse(e.failure(), request, response);
    } catch (EJBException e) {
      if (e.getCause() instanceof FailureException failed) {
        refuse(failed.failure(), request, response);
      } else {
        LOG.log(Level.ERROR, "unforeseen", e);
        refuse(Failure.of(FailureCode.INTERNAL_ERROR), request, response);
      }
    }
  }

  private static String path(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  private void refuse(Failure failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (failure.code() == FailureCode.UNAUTHENTICATED || failure.code() == FailureCode.FORBIDDEN) {
      streams.refused.tell(
          request,
          request.getRequestURI(),
          failure.code() == FailureCode.FORBIDDEN
              ? HttpServletResponse.SC_FORBIDDEN
              : HttpServletResponse.SC_UNAUTHORIZED);
    }
    Refusal.write(failure, request, response);
  }

  private void begin(@Nullable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Refusal.of(request)
        .ifPresent(
            failure -> {
              throw failure.toException();
            });
    if (!request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET");
      throw Failure.of(FailureCode.METHOD_NOT_ALLOWED, request.getMethod()).toException();
    }
    TokenGate.check(request.getUserPrincipal(), streams.clock.instant());
    Caller caller = Callers.of(request.getUserPrincipal());
    if (Collections.disjoint(caller.groups(), Roles.ALL)) {
      throw Failure.of(FailureCode.FORBIDDEN).toException();
    }
    if (!isAccepted(request.getHeader("Accept"))) {
      throw Failure.of(FailureCode.NOT_ACCEPTABLE, EVENTS).toException();
    }
    EventStream stream =
        new EventStream(
            streams.renderings,
            Languages.preferred(request.getHeader("Accept-Language")),
            id != null,
            Callers.until(request.getUserPrincipal()),
            streams.clock,
            streams.steady);
    try {
      // What is refused has to be while there is no stream yet: afterwards it would never end.
      Runnable missed = listen(id, caller, stream, request.getHeader("Last-Event-ID"));
      open(stream, request, response);
      missed.run();
    } catch (IOException | RuntimeException e) {
      stream.abandon();
      throw e;
    }
  }

  /**
   * Has a stream listen to what it tells of.
   *
   * @return what is to be told first of all
   */
  private Runnable listen(
      @Nullable String id, Caller caller, EventStream stream, @Nullable String lastEventId) {
    if (id != null) {
      Job job = streams.jobs.find(id, caller);
      stream.begin(job);
      stream.listens(streams.feed.to(job, caller, stream));
      return () -> {};
    }
    stream.listens(streams.feed.toJobsOf(caller, stream));
    Instant now = streams.clock.instant();
    Optional<Instant> moment = since(lastEventId).filter(each -> each.isBefore(now.plus(SKEW)));
    if (moment.isEmpty()) {
      return () -> {};
    }
    if (moment.get().isBefore(now.minus(LONGEST_GAP))) {
      return stream::missedTooMany;
    }
    Optional<List<Job>> missed = streams.jobs.since(moment.get(), MOST_MISSED, caller);
    return () -> missed.ifPresentOrElse(stream::missed, stream::missedTooMany);
  }

  private static void open(
      EventStream stream, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(EVENTS + ";charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    // A proxy that gathers what it passes on (nginx) would tell nothing until the end.
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(0);
    stream.open(context, response.getOutputStream());
  }

  private static boolean isAccepted(@Nullable String header) {
    return AcceptedTypes.parse(header == null ? null : List.of(header)).quality(EVENTS) > 0;
  }

  /** What is no id of ours is passed over: who comes from elsewhere begins anew. */
  private static Optional<Instant> since(@Nullable String lastEventId) {
    return lastEventId == null || !lastEventId.matches("[0-9]{1,15}")
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(Long.parseLong(lastEventId)));
  }
}
