package org.diferido.rest.health;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.problem.ReadOnlyServlet;
import org.diferido.rest.traffic.RequestNote;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * MicroProfile Health (4.0, "Protocol and Wireformat") by ourselves: WildFly has it on the port of
 * its management alone, and Payara answers methods that nobody should ask with.
 */
public class HealthServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(HealthServlet.class.getName());
  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject
  @Liveness
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient Instance<HealthCheck> liveness;

  @Inject
  @Readiness
  @SuppressWarnings("NullAway.Init") // set by the container
  private transient Instance<HealthCheck> readiness;

  @Override
  protected void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
    switch (path) {
      case "/" -> tell(Stream.concat(liveness.stream(), readiness.stream()), request, response);
      case "/live" -> tell(liveness.stream(), request, response);
      case "/ready" -> tell(readiness.stream(), request, response);
      // There are no checks of the start: who answers has started.
      case "/started" -> tell(Stream.of(), request, response);
      default -> {
        refuse(Failure.of(FailureCode.PATH_NOT_FOUND), request, response);
        return;
      }
    }
    RequestNote.of(request).route(request.getServletPath() + (path.equals("/") ? "" : path));
  }

  private static void tell(
      Stream<HealthCheck> checks, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<HealthCheckResponse> answers = checks.map(HealthServlet::answer).toList();
    boolean up =
        answers.stream().allMatch(each -> each.getStatus() == HealthCheckResponse.Status.UP);
    JsonArrayBuilder told = JSON.createArrayBuilder();
    answers.forEach(each -> told.add(json(each)));
    String body =
        JSON.createObjectBuilder()
            .add("status", up ? "UP" : "DOWN")
            .add("checks", told)
            .build()
            .toString();
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Cache-Control", "no-store");
    send(body.getBytes(StandardCharsets.UTF_8), "application/json", request, response);
  }

  /**
   * A check that cannot be made is one that fails (MicroProfile Health, "Health Check Procedures").
   */
  private static HealthCheckResponse answer(HealthCheck check) {
    try {
      return check.call();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a check of the health cannot be made", e);
      return HealthCheckResponse.named("diferido")
          .down()
          .withData("error", "the check cannot be made")
          .build();
    }
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
