package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.diferido.execution.JobAccess;
import org.diferido.security.Roles;

/** How many jobs match filters, in which state, and when they were accepted. */
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public class SummaryResource {

  /** Those of the list, but for those of the states, which are told apart here. */
  private static final Set<String> FILTERS =
      JobFilterQuery.NAMES.stream()
          .filter(Predicate.not(Set.of("status", "state")::contains))
          .collect(Collectors.toUnmodifiableSet());

  @Inject JobAccess jobs;

  /** Of the caller's jobs, or of everybody's for who may see them. */
  @GET
  @Path("summary")
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public JsonObject summary(@Context UriInfo uri, @Context SecurityContext security) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    JobQuery.onlyKnown(query, FILTERS);
    return SummaryView.of(jobs.summary(JobFilterQuery.read(query), Callers.of(security)));
  }
}
