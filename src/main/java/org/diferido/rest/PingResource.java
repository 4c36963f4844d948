package org.diferido.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whether anybody is there, for who has no token. */
@Path("ping")
public class PingResource {

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @PermitAll
  public JsonObject ping() {
    return Json.createObjectBuilder().add("status", "ok").build();
  }
}
