package org.diferido.rest.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.rest.traffic.RequestNote;

/** Refusals of what is not asked of JAX-RS, in the form of all others. */
public final class Refusal {

  private Refusal() {}

  /** Why a request cannot be answered at all, whatever it asks: see {@link RequestGate}. */
  public static Optional<Failure> of(HttpServletRequest request) {
    return RequestGate.refusal(request);
  }

  /** Answers with a failure. */
  public static void write(
      Failure failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RequestNote.of(request).failure(failure.code());
    ProblemDocument.of(
            failure,
            Languages.preferred(request.getHeader("Accept-Language")),
            asked(request),
            Trace.idOf(request))
        .writeTo(response);
  }

  /**
   * The path that was asked for, wherever within this service that was led (Servlet 6.0, 9.4.2).
   */
  private static String asked(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String first
        ? first
        : request.getRequestURI();
  }
}
