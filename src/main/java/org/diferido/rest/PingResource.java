package org.diferido.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whether anybody is there, for who has no token. */
@Path("ping")
public class PingResource {

  private static final JsonProvider JSON = JsonProvider.provider();

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @PermitAll
  public JsonObject ping() {
    return JSON.createObjectBuilder().add("status", "ok").build();
  }
}
