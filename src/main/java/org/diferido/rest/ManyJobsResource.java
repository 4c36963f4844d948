package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diferido.execution.JobAccess;
import org.diferido.execution.ManyCancelled;
import org.diferido.execution.ManyJobs;
import org.diferido.execution.ManyRetried;
import org.diferido.failure.Language;
import org.diferido.rest.audit.AuditTrail;
import org.diferido.rest.audit.Audited;
import org.diferido.rest.problem.Languages;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/** What is done to all jobs that match filters, of which at least one has to be given. */
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public class ManyJobsResource {

  private static final Set<String> REMOVAL = JobFilterQuery.namesAnd("older_than");
  private static final Set<String> CANCEL = JobFilterQuery.namesAnd("limit");
  private static final Set<String> RETRY = JobFilterQuery.namesAnd("limit", "cursor");

  @Inject JobAccess jobs;
  @Inject ManyJobs many;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  HttpServletRequest request;

  /** Removes those that have ended. */
  @DELETE
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response removeEnded(
      @QueryParam("older_than") @Nullable String olderThan,
      @Context UriInfo uri,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    List<String> filters = new ArrayList<>(JobFilterQuery.NAMES);
    filters.add("older_than");
    begin(query, REMOVAL, filters);
    Duration age = JobQuery.age(olderThan);
    Language language = Languages.preferred(acceptLanguage);
    int removed = jobs.removeEnded(JobFilterQuery.read(query), age, Callers.of(security));
    AuditTrail.of(request).count(removed);
    return answer(Response.Status.OK, Answers.deleted(removed, language), language).build();
  }

  /** Asks those that wait or run to stop. */
  @POST
  @Path("cancel")
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response cancelMatching(
      @QueryParam("limit") @DefaultValue(JobQuery.GREATEST_LIMIT) String limit,
      @Context UriInfo uri,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    begin(query, CANCEL, JobFilterQuery.NAMES);
    Language language = Languages.preferred(acceptLanguage);
    ManyCancelled done =
        many.cancel(JobFilterQuery.read(query), JobQuery.limit(limit), Callers.of(security));
    AuditTrail.of(request).count(done.cancelled() + done.cancelling());
    Response.Status status = done.cancelling() > 0 ? Response.Status.ACCEPTED : Response.Status.OK;
    return answer(status, Answers.cancelled(done, language), language).build();
  }

  /** Makes those again that did not succeed, as new ones. */
  @POST
  @Path("retry")
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response retryMatching(
      @QueryParam("limit") @DefaultValue(JobQuery.DEFAULT_LIMIT) String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @HeaderParam(IdempotencyKey.HEADER) List<String> idempotencyKeys,
      @Context UriInfo uri,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    begin(query, RETRY, JobFilterQuery.NAMES);
    Language language = Languages.preferred(acceptLanguage);
    ManyRetried done =
        many.retry(
            JobFilterQuery.read(query),
            JobFilterQuery.named(query),
            JobQuery.limit(limit),
            JobQuery.from(cursor),
            IdempotencyKey.checked(idempotencyKeys),
            Callers.of(security));
    AuditTrail.of(request).count(done.retried().size());
    Response.Status status =
        done.retried().isEmpty() ? Response.Status.OK : Response.Status.ACCEPTED;
    Response.ResponseBuilder response = answer(status, Answers.retried(done, language), language);
    Long next = done.next();
    if (next != null) {
      response.header(HttpHeaders.LINK, Pages.next("/jobs/retry", query, JobQuery.cursor(next)));
    }
    Duration pause = done.retryAfter();
    if (pause != null) {
      response.header(HttpHeaders.RETRY_AFTER, Math.max(1, pause.toSeconds()));
    }
    return response.build();
  }

  private void begin(
      MultivaluedMap<String, String> query, Set<String> known, List<String> filters) {
    JobQuery.onlyKnown(query, known);
    JobQuery.atLeastOneOf(query, filters);
    AuditTrail.of(request).filter(JobFilterQuery.told(query, known));
  }

  private static Response.ResponseBuilder answer(
      Response.Status status, JsonObject body, Language language) {
    return Response.status(status)
        .entity(body)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag());
  }
}
