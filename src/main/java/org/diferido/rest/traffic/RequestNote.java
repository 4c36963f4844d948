package org.diferido.rest.traffic;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.failure.FailureCode;
import org.diferido.metrics.RequestMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about a request on its way, to be counted once. It is kept with the request
 * itself, since an answer may be given on another thread than the one that asked.
 */
public final class RequestNote {

  private static final String ATTRIBUTE = "org.diferido.traffic";

  private final String method;
  private final long begin = System.nanoTime();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile String route = RequestMetrics.NOWHERE;
  private volatile boolean waits;
  private volatile @Nullable FailureCode failure;

  private RequestNote(String method) {
    this.method = method;
  }

  /** That of a request, the same each time. */
  public static RequestNote of(HttpServletRequest request) {
    RequestNote known = known(request);
    if (known != null) {
      return known;
    }
    RequestNote note = new RequestNote(request.getMethod());
    request.setAttribute(ATTRIBUTE, note);
    return note;
  }

  /** The same, if there is one. */
  static @Nullable RequestNote known(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof RequestNote known ? known : null;
  }

  /** Which way it takes: the template of its path. */
  public void route(String template) {
    this.route = template;
  }

  /** It asked to be answered late. */
  void waits() {
    this.waits = true;
  }

  /** It is answered with a failure. */
  public void failure(FailureCode code) {
    this.failure = code;
  }

  /** It has its answer; what comes later counts no more. */
  void answered(int status, RequestMetrics metrics) {
    if (told.getAndSet(true)) {
      return;
    }
    metrics.answered(route, method, waits, status, System.nanoTime() - begin);
    FailureCode code = failure;
    if (code != null) {
      metrics.refused(code, status);
    }
  }
}
