package org.diferido.rest.problem;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diferido.execution.NodeLifecycle;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.audit.RefusedEntry;
import org.diferido.rest.traffic.RequestNote;

/**
 * The error page of the application, for what goes wrong before JAX-RS has the request, such as a
 * token that the server refuses: the same problem document in place of the server's HTML.
 */
public class ErrorPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** What a server shows to nobody (Jakarta Servlet 6.0, 10.5). */
  private static final Pattern HIDDEN =
      Pattern.compile("/+(WEB-INF|META-INF)(/.*)?", Pattern.CASE_INSENSITIVE);

  private static final Optional<Failure> GOING = Optional.of(Failure.of(FailureCode.SHUTTING_DOWN));

  @EJB private transient NodeLifecycle node;

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient RefusedEntry refused;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer given
            ? given
            : HttpServletResponse.SC_NOT_FOUND;
    String path = path(request);
    Optional<Failure> refusal = isGone(status, path) ? GOING : RequestGate.refusal(request);
    ProblemDocument problem =
        refusal
            .map(failure -> document(request, failure, HttpStatus.of(failure.code())))
            .orElseGet(
                () -> document(request, HttpStatus.failureOf(status, request.getMethod()), status));
    RequestNote.of(request).failure(problem.failure().code());
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      refused.tell(request, path, problem.status());
    }
    problem.writeTo(response);
  }

  /**
   * Whether the server says that nothing is there, or that it broke, since the service is being put
   * up or taken down: of a job a 404 would say that there is none. While the service is there every
   * path is JAX-RS's, and only what is hidden from everybody is not there.
   */
  private boolean isGone(int status, String path) {
    if (status == HttpServletResponse.SC_NOT_FOUND) {
      return !HIDDEN.matcher(path).matches();
    }
    return status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR && isStopping();
  }

  private boolean isStopping() {
    try {
      return node.isStopping();
    } catch (EJBException e) {
      return true;
    }
  }

  private static String path(HttpServletRequest request) {
    Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return asked == null ? request.getRequestURI() : asked.toString();
  }

  private static ProblemDocument document(HttpServletRequest request, Failure failure, int status) {
    return new ProblemDocument(
        failure,
        status,
        Languages.preferred(request.getHeader("Accept-Language")),
        path(request),
        Trace.idOf(request));
  }
}
