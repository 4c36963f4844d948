package org.diferido.rest.problem;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.traffic.RequestNote;

/**
 * Something to read at a path where servers have pages of their own (health, metrics): only a
 * servlet that is mapped to just this path goes before those. Its refusals are those of everything
 * else.
 */
public abstract class ReadOnlyServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  /** Only what reads. */
  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RequestNote.of(request).route(request.getServletPath());
    switch (request.getMethod()) {
      case "GET", "HEAD" -> answer(request, response);
      case "OPTIONS" -> response.setHeader("Allow", ALLOWED);
      default -> {
        response.setHeader("Allow", ALLOWED);
        refuse(Failure.of(FailureCode.METHOD_NOT_ALLOWED, request.getMethod()), request, response);
      }
    }
  }

  /** Answers a GET or a HEAD. */
  protected abstract void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException;

  /** Sends a body, or of a HEAD what it would have been. */
  protected static void send(
      byte[] body, String mediaType, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** Tells a failure in the form of all others. */
  protected static void refuse(
      Failure failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Refusal.write(failure, request, response);
  }
}
