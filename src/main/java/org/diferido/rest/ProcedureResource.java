package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.diferido.execution.JobDispatcher;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.rest.problem.Languages;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/** Calls to procedures. */
@Path("procedure")
@Produces(MediaType.APPLICATION_JSON)
public class ProcedureResource {

  @Inject JobDispatcher dispatcher;

  /** Accepts a call to run in the background: 202, and the place to look for its outcome. */
  @POST
  @Path("async")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response submit(
      @Nullable ProcedureCallRequest request,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    if (request == null) {
      throw Failure.of(FailureCode.MALFORMED_JSON, "1:1").toException();
    }
    Language language = Languages.preferred(acceptLanguage);
    Job job = dispatcher.submit(request.submission(), Callers.of(security));
    return Response.accepted(Answers.accepted(job, language))
        .header(HttpHeaders.LOCATION, JobView.path(job))
        .header(HttpHeaders.RETRY_AFTER, JobView.FIRST_RETRY_AFTER_SECONDS)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }
}
