package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.diferido.execution.SystemOverview;
import org.diferido.security.Roles;

/** How all nodes do together, for who looks after them. */
@Path("system")
@Produces(MediaType.APPLICATION_JSON)
public class SystemResource {

  @Inject SystemOverview overview;

  /** The nodes, the queue, the limits, and the last hour. */
  @GET
  @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
  public JsonObject state(@Context UriInfo uri) {
    JobQuery.onlyKnown(uri.getQueryParameters(), Set.of());
    return SystemView.of(overview.look());
  }
}
