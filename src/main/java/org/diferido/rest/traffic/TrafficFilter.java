package org.diferido.rest.traffic;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.diferido.metrics.RequestMetrics;

/**
 * Counts what is answered outside JAX-RS: by servlets, by filters, and by the server's refusal of a
 * token, which comes here only as an error page.
 */
public class TrafficFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient RequestMetrics metrics;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (RequestNote.known(request) != null) {
      // The error page of a request that has been here before.
      chain.doFilter(request, response);
      return;
    }
    RequestNote note = RequestNote.of(request);
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    boolean later = false;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
      later = request.isAsyncStarted() && isHeard(request, response, note);
    } finally {
      if (!later) {
        note.answered(status, metrics);
      }
    }
  }

  /** Whether its end will be told. */
  private boolean isHeard(
      HttpServletRequest request, HttpServletResponse response, RequestNote note) {
    try {
      request.getAsyncContext().addListener(new End(note, response));
      return true;
    } catch (IllegalStateException e) {
      // It has just ended.
      return false;
    }
  }

  /** The end of a request that goes on after its thread. */
  private final class End implements AsyncListener {

    private final RequestNote note;
    private final HttpServletResponse response;

    End(RequestNote note, HttpServletResponse response) {
      this.note = note;
      this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      note.answered(response.getStatus(), metrics);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // Its completion follows.
    }

    @Override
    public void onError(AsyncEvent event) {
      note.answered(response.getStatus(), metrics);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // It is started once.
    }
  }
}
