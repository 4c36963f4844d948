package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.diferido.execution.Accepted;
import org.diferido.execution.JobDispatcher;
import org.diferido.execution.JobWaits;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.procedure.Signature;
import org.diferido.rest.audit.AuditTrail;
import org.diferido.rest.audit.Audited;
import org.diferido.rest.problem.Languages;
import org.diferido.rest.problem.ProblemMapper;
import org.diferido.security.Caller;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/** Calls to procedures. */
@Path("procedure")
@Produces(MediaType.APPLICATION_JSON)
public class ProcedureResource {

  /** RFC 7240. */
  private static final String PREFER = "Prefer";

  private static final String VALIDATE_ONLY = "validate_only";

  @Inject JobDispatcher dispatcher;
  @Inject JobWaits waits;
  @Inject JobView view;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  HttpServletRequest servletRequest;

  /**
   * Accepts a call to run in the background: 202, and the place to look for its outcome; or 200 and
   * the job, to who prefers to wait and need not wait longer than that.
   */
  @POST
  @Path("async")
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public void submit(
      @Nullable ProcedureCallRequest request,
      @Context UriInfo uri,
      @HeaderParam(IdempotencyKey.HEADER) List<String> idempotencyKeys,
      @HeaderParam(PREFER) List<String> preferences,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
      @Suspended AsyncResponse response) {
    Language language = Languages.preferred(acceptLanguage);
    Caller caller = Callers.of(security);
    if (isOnlyChecked(uri)) {
      response.resume(checked(request, idempotencyKeys, caller, language));
      return;
    }
    Accepted accepted = accepted(request, idempotencyKeys, caller);
    Optional<Duration> most = Waiting.preferred(preferences);
    if (most.isEmpty()) {
      response.resume(Answers.accepted(accepted, language));
      return;
    }
    Waiting.answer(
        response,
        ended(accepted.job(), caller, most.get()),
        job ->
            job.status().isEnd()
                ? Answers.ended(accepted, view.full(job, language, false), most.get(), language)
                : Answers.accepted(accepted, language));
  }

  /**
   * Runs a short call and answers with what came out of it: {@code {"status":"ok","out":{…}}}. What
   * takes longer goes on in the background: then it is a 202, as if that had been asked for.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public void run(
      @Nullable ProcedureCallRequest request,
      @Context UriInfo uri,
      @HeaderParam(IdempotencyKey.HEADER) List<String> idempotencyKeys,
      @HeaderParam(PREFER) List<String> preferences,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
      @Suspended AsyncResponse response) {
    Language language = Languages.preferred(acceptLanguage);
    Caller caller = Callers.of(security);
    if (isOnlyChecked(uri)) {
      response.resume(checked(request, idempotencyKeys, caller, language));
      return;
    }
    Accepted accepted = accepted(request, idempotencyKeys, caller);
    servletRequest.setAttribute(ProblemMapper.HEADERS, Answers.headers(accepted));
    Duration most = Waiting.preferred(preferences).orElse(Duration.ofSeconds(Waiting.MOST_SECONDS));
    Waiting.answer(
        response,
        ended(accepted.job(), caller, most),
        job -> {
          job.state()
              .failed()
              .ifPresent(
                  failure -> {
                    throw failure.toException();
                  });
          return job.status().isEnd()
              ? Answers.out(accepted, job, language)
              : Answers.accepted(accepted, language);
        });
  }

  /** Whether nothing is to be run. One that is misspelt must not have it run instead. */
  private static boolean isOnlyChecked(UriInfo uri) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    JobQuery.onlyKnown(query, Set.of(VALIDATE_ONLY));
    String asked = query.getFirst(VALIDATE_ONLY);
    if (asked != null && !asked.equals("true") && !asked.equals("false")) {
      throw JobQuery.invalid("?" + VALIDATE_ONLY, "member.boolean");
    }
    return "true".equals(asked);
  }

  /** 200 and the signature that the call fits. */
  private Response checked(
      @Nullable ProcedureCallRequest request,
      List<String> idempotencyKeys,
      Caller caller,
      Language language) {
    IdempotencyKey.checked(idempotencyKeys);
    Signature signature = dispatcher.validate(present(request).submission(), caller);
    return Response.ok(Answers.valid(signature, language))
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  private Accepted accepted(
      @Nullable ProcedureCallRequest request, List<String> idempotencyKeys, Caller caller) {
    ProcedureCallRequest present = present(request);
    String key = IdempotencyKey.checked(idempotencyKeys);
    Accepted accepted = dispatcher.submit(present.submission(caller.name(), key), caller);
    AuditTrail.of(servletRequest).job(accepted.job().id().hex());
    return accepted;
  }

  private ProcedureCallRequest present(@Nullable ProcedureCallRequest request) {
    if (request == null) {
      throw Failure.of(FailureCode.MALFORMED_JSON, "1:1").toException();
    }
    AuditTrail.of(servletRequest).procedure(request.submission().call().spelledName());
    return request;
  }

  /** What has been accepted is never refused: who may not wait too is told that it is accepted. */
  private CompletionStage<Optional<Job>> ended(Job job, Caller caller, Duration most) {
    try {
      return waits.until(each -> each.status().isEnd(), job, caller, most);
    } catch (FailureException e) {
      return CompletableFuture.completedFuture(Optional.of(job));
    }
  }
}
