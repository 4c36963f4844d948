package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.diferido.execution.Accepted;
import org.diferido.execution.JobAccess;
import org.diferido.execution.JobDispatcher;
import org.diferido.execution.JobWaits;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobGlance;
import org.diferido.job.JobPage;
import org.diferido.job.SubmitKey;
import org.diferido.rest.audit.AuditTrail;
import org.diferido.rest.audit.Audited;
import org.diferido.rest.problem.Languages;
import org.diferido.security.Caller;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/** The jobs: a list, and what can be done with one. */
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

  /**
   * Any id but the words that are paths of their own: a server may otherwise take such a path for a
   * job as well, and say of it what can be done to a job.
   */
  private static final String ID = "{id: (?!cancel/?$|retry/?$|summary/?$)[^/]+}";

  private static final Set<String> LIST = JobFilterQuery.namesAnd("limit", "cursor", "numbers");

  @Inject JobAccess jobs;
  @Inject JobDispatcher dispatcher;
  @Inject JobWaits waits;
  @Inject JobView view;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  HttpServletRequest request;

  /**
   * One job, in whatever state it is; 304 to who has it as it is. With {@code wait} it may take as
   * long until the job is in another state, or is no longer what the caller has.
   */
  @GET
  @Path(ID)
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public void find(
      @PathParam("id") String id,
      @QueryParam("numbers") @Nullable String numbers,
      @QueryParam("wait") @Nullable String wait,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
      @Suspended AsyncResponse response) {
    boolean numbersAsText = JobQuery.numbersAsText(numbers);
    Language language = Languages.preferred(acceptLanguage);
    Duration most = Waiting.query(wait);
    Caller caller = Callers.of(security);
    Job job = jobs.find(id, caller);
    boolean isHead = request.getMethod().equals(HttpMethod.HEAD);
    Function<Job, Response> answer =
        each -> answer(each, language, numbersAsText, ifNoneMatch, isHead);
    if (most.isZero() || job.status().isEnd()) {
      response.resume(answer.apply(job));
    } else if (ifNoneMatch == null) {
      Predicate<Job> moved = each -> each.status() != job.status();
      Waiting.answer(response, waits.until(moved, job, caller, most), answer);
    } else if (TaggedBody.of(view.full(job, language, numbersAsText)).isAmong(ifNoneMatch)) {
      JobGlance had = JobGlance.of(job);
      Predicate<Job> changed = each -> !JobGlance.of(each).equals(had);
      Waiting.answer(response, waits.until(changed, job, caller, most), answer);
    } else {
      response.resume(answer.apply(job));
    }
  }

  private Response answer(
      Job job,
      Language language,
      boolean numbersAsText,
      @Nullable String ifNoneMatch,
      boolean isHead) {
    TaggedBody body = TaggedBody.of(view.full(job, language, numbersAsText));
    Response.ResponseBuilder response =
        body.answer(ifNoneMatch).header(HttpHeaders.CONTENT_LANGUAGE, language.tag());
    if (isHead && !body.isAmong(ifNoneMatch)) {
      // It would be 0 otherwise.
      response.header(HttpHeaders.CONTENT_LENGTH, body.length());
    }
    view.retryAfter(job).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response.build();
  }

  /** The caller's jobs that match all the filters, newest first. */
  @GET
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public Response list(
      @QueryParam("limit") @DefaultValue(JobQuery.DEFAULT_LIMIT) String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("numbers") @Nullable String numbers,
      @Context UriInfo uri,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    JobQuery.onlyKnown(query, LIST);
    boolean numbersAsText = JobQuery.numbersAsText(numbers);
    Language language = Languages.preferred(acceptLanguage);
    JobPage page =
        jobs.list(
            JobFilterQuery.read(query),
            JobQuery.limit(limit),
            JobQuery.from(cursor),
            Callers.of(security));
    Response.ResponseBuilder response = answer(view.page(page, language, numbersAsText), language);
    Long next = page.next();
    if (next != null) {
      response.header(HttpHeaders.LINK, Pages.next("/jobs", query, JobQuery.cursor(next)));
    }
    return response.build();
  }

  /** Asks a job to stop; its state then says what became of that. */
  @POST
  @Path("{id}/cancel")
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response cancel(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    Language language = Languages.preferred(acceptLanguage);
    AuditTrail trail = AuditTrail.of(request);
    trail.job(id);
    Job job = jobs.cancel(id, Callers.of(security));
    trail.procedure(job.call().spelledName());
    Response.ResponseBuilder response =
        Response.accepted(view.full(job, language, false))
            .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
            .header(HttpHeaders.LOCATION, JobView.path(job));
    view.retryAfter(job).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response.build();
  }

  /** Makes a job that has ended again, as a new one: 202, as for a call. */
  @POST
  @Path("{id}/retry")
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response retry(
      @PathParam("id") String id,
      @HeaderParam(IdempotencyKey.HEADER) List<String> idempotencyKeys,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    Caller caller = Callers.of(security);
    String key = IdempotencyKey.checked(idempotencyKeys);
    SubmitKey known = key == null ? null : SubmitKey.of(caller.name(), key, "retry " + id);
    AuditTrail trail = AuditTrail.of(request);
    trail.job(id);
    Accepted accepted = dispatcher.retry(id, known, caller);
    trail.job(accepted.job().id().hex());
    trail.procedure(accepted.job().call().spelledName());
    return Answers.accepted(accepted, Languages.preferred(acceptLanguage));
  }

  /** Removes one job; one that runs is cancelled first, and removed when it has ended. */
  @DELETE
  @Path(ID)
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response remove(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    Language language = Languages.preferred(acceptLanguage);
    AuditTrail.of(request).job(id);
    boolean gone = jobs.remove(id, Callers.of(security));
    return Response.status(gone ? Response.Status.OK : Response.Status.ACCEPTED)
        .entity(Answers.deleted(id, gone, language))
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  private static Response.ResponseBuilder answer(JsonObject body, Language language) {
    return Response.ok(body).header(HttpHeaders.CONTENT_LANGUAGE, language.tag());
  }
}
