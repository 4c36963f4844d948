package org.diferido.rest.health;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * MicroProfile Health (4.0, "Protocol and Wireformat") where the server has it elsewhere: WildFly
 * answers it on the port of its management alone. On Payara nobody gets as far as this, since its
 * own servlet is at the same paths.
 */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject @Liveness Instance<HealthCheck> liveness;
  @Inject @Readiness Instance<HealthCheck> readiness;

  /** All checks. */
  @GET
  @PermitAll
  public Response all() {
    return answer(Stream.concat(liveness.stream(), readiness.stream()).toList());
  }

  @GET
  @Path("live")
  @PermitAll
  public Response live() {
    return answer(liveness);
  }

  @GET
  @Path("ready")
  @PermitAll
  public Response ready() {
    return answer(readiness);
  }

  /** There are no checks of the start: who answers has started. */
  @GET
  @Path("started")
  @PermitAll
  public Response started() {
    return answer(List.of());
  }

  private static Response answer(Iterable<HealthCheck> checks) {
    JsonArrayBuilder told = JSON.createArrayBuilder();
    boolean up = true;
    for (HealthCheck check : checks) {
      HealthCheckResponse response = check.call();
      up &= response.getStatus() == HealthCheckResponse.Status.UP;
      told.add(json(response));
    }
    return Response.status(up ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .entity(
            JSON.createObjectBuilder()
                .add("status", up ? "UP" : "DOWN")
                .add("checks", told)
                .build())
        .build();
  }

  private static JsonObjectBuilder json(HealthCheckResponse response) {
    JsonObjectBuilder data = JSON.createObjectBuilder();
    response.getData().map(Map::entrySet).stream()
        .flatMap(Set::stream)
        .forEach(each -> data.add(each.getKey(), String.valueOf(each.getValue())));
    return JSON.createObjectBuilder()
        .add("name", response.getName())
        .add("status", response.getStatus().name())
        .add("data", data);
  }
}
