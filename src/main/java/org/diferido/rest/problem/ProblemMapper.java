package org.diferido.rest.problem;

import jakarta.ejb.EJBException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.rest.traffic.RequestNote;
import org.jspecify.annotations.Nullable;

/** Answers every exception that leaves a resource, foreseen or not, with a problem document. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  /**
   * Attribute of a request, a map: the headers that its answer has, a problem or not, since what
   * they tell was done before.
   */
  public static final String HEADERS = "org.diferido.problem.headers";

  /** What belongs to a status of JAX-RS: to 405, and to 416. */
  private static final List<String> KEPT = List.of(HttpHeaders.ALLOW, "Content-Range");

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof FailureException failed) {
      return answer(failed);
    } else if (thrown instanceof WebApplicationException web) {
      return answer(web);
    } else if (thrown instanceof EJBException && cause(thrown) instanceof FailureException failed) {
      return answer(failed);
    }
    LOG.log(Level.ERROR, () -> "unforeseen, trace_id " + Trace.idOf(request), thrown);
    return response(document(Failure.of(FailureCode.INTERNAL_ERROR), 500)).build();
  }

  private static @Nullable Throwable cause(Throwable thrown) {
    return thrown.getCause();
  }

  private Response answer(FailureException failed) {
    Failure failure = failed.failure();
    if (HttpStatus.of(failure.code()) >= 500) {
      LOG.log(
          Level.WARNING,
          () -> failed.getMessage() + ", trace_id " + Trace.idOf(request),
          failed.getCause());
    }
    Response.ResponseBuilder response = response(document(failure, HttpStatus.of(failure.code())));
    if (request.getAttribute(HEADERS) instanceof Map<?, ?> headers) {
      headers.forEach((name, value) -> response.header((String) name, value));
    }
    failed
        .retryAfter()
        .ifPresent(
            wait ->
                // A null takes out what was there.
                response
                    .header(HttpHeaders.RETRY_AFTER, null)
                    .header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
    return response.build();
  }

  /** Of what JAX-RS says itself, the status and the headers about it stay. */
  private Response answer(WebApplicationException web) {
    int status = web.getResponse().getStatus();
    if (status < 400) {
      return web.getResponse();
    }
    // A server that cannot tell "who are you" from "you may not" says 403 for both.
    if (status == 403 && request.getUserPrincipal() == null) {
      status = 401;
    }
    if (status >= 500) {
      LOG.log(Level.ERROR, () -> "unforeseen, trace_id " + Trace.idOf(request), web);
    }
    Response.ResponseBuilder response =
        response(document(HttpStatus.failureOf(status, request.getMethod()), status));
    for (String header : KEPT) {
      String value = web.getResponse().getHeaderString(header);
      if (value != null) {
        response.header(header, value);
      }
    }
    return response.build();
  }

  private ProblemDocument document(Failure failure, int status) {
    RequestNote.of(request).failure(failure.code());
    return new ProblemDocument(
        failure,
        status,
        Languages.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
        request.getRequestURI(),
        Trace.idOf(request));
  }

  static Response.ResponseBuilder response(ProblemDocument problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(ProblemDocument.MEDIA_TYPE)
            .header(HttpHeaders.CONTENT_LANGUAGE, problem.language().tag())
            .entity(problem.toJson());
    if (problem.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.isWorthRetrying()) {
      response.header(HttpHeaders.RETRY_AFTER, ProblemDocument.RETRY_AFTER_SECONDS);
    }
    return response;
  }
}
