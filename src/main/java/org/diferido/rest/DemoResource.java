package org.diferido.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.diferido.demo.DemoIssuer;
import org.diferido.demo.DemoMode;
import org.diferido.demo.DemoPerson;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/** The made-up people of demo mode and their tokens. Without demo mode there is nothing here. */
@Path("demo")
public class DemoResource {

  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject Clock clock;

  /** A token for each person. */
  @GET
  @Path("tokens")
  @Produces(MediaType.APPLICATION_JSON)
  @PermitAll
  public Response tokens() {
    if (!DemoMode.issuesTokens()) {
      throw Failure.of(FailureCode.PATH_NOT_FOUND).toException();
    }
    JsonArrayBuilder people = JSON.createArrayBuilder();
    for (DemoPerson person : DemoPerson.ALL) {
      people.add(
          JSON.createObjectBuilder()
              .add("name", person.name())
              .add("groups", JSON.createArrayBuilder(person.groups()))
              .add("token", DemoIssuer.tokenFor(person, clock.instant())));
    }
    JsonObject body = JSON.createObjectBuilder().add("people", people).build();
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
