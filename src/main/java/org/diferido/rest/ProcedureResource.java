package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.diferido.execution.Accepted;
import org.diferido.execution.JobDispatcher;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.Language;
import org.diferido.procedure.Signature;
import org.diferido.rest.audit.AuditTrail;
import org.diferido.rest.audit.Audited;
import org.diferido.rest.problem.Languages;
import org.diferido.security.Caller;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/** Calls to procedures. */
@Path("procedure")
@Produces(MediaType.APPLICATION_JSON)
public class ProcedureResource {

  @Inject JobDispatcher dispatcher;
  @Inject AuditTrail trail;

  /** Accepts a call to run in the background: 202, and the place to look for its outcome. */
  @POST
  @Path("async")
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR})
  public Response submit(
      @Nullable ProcedureCallRequest request,
      @QueryParam("validate_only") @DefaultValue("false") String validateOnly,
      @HeaderParam(IdempotencyKey.HEADER) List<String> idempotencyKeys,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    if (request == null) {
      throw Failure.of(FailureCode.MALFORMED_JSON, "1:1").toException();
    }
    trail.procedure(request.submission().call().spelledName());
    String key = IdempotencyKey.checked(idempotencyKeys);
    Language language = Languages.preferred(acceptLanguage);
    if (!validateOnly.equals("false")) {
      if (!validateOnly.equals("true")) {
        throw JobQuery.invalid("?validate_only", "member.boolean");
      }
      Signature signature = dispatcher.validate(request.submission(), Callers.of(security));
      return Response.ok(Answers.valid(signature, language))
          .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
          .build();
    }
    Caller caller = Callers.of(security);
    Accepted accepted = dispatcher.submit(request.submission(caller.name(), key), caller);
    trail.job(accepted.job().id().hex());
    return Answers.accepted(accepted, language);
  }
}
