package org.diferido.rest.traffic;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diferido.metrics.RequestMetrics;

/**
 * Counts what JAX-RS answers, when it is made: an answer that was waited for is made on another
 * thread, and a servlet filter could hear of it too late. The route is noted before anybody may
 * refuse the request.
 */
@Provider
@Priority(1)
public class RouteFilter implements ContainerRequestFilter, ContainerResponseFilter {

  /** A variable that may not be everything. */
  private static final Pattern EXPRESSION = Pattern.compile("\\{(\\w+)\\s*:[^}]*}");

  private static final Map<Method, String> ROUTES = new ConcurrentHashMap<>();

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private RequestMetrics metrics;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private HttpServletRequest request;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext asked) {
    RequestNote note = RequestNote.of(request);
    Method method = resource.getResourceMethod();
    if (method != null) {
      String route = ROUTES.get(method);
      note.route(route == null ? ROUTES.computeIfAbsent(method, RouteFilter::template) : route);
    }
    if (isWaiting(asked)) {
      note.waits();
    }
  }

  private static boolean isWaiting(ContainerRequestContext asked) {
    String preference = asked.getHeaderString("Prefer");
    return (preference != null && preference.contains("wait"))
        || asked.getUriInfo().getQueryParameters().containsKey("wait");
  }

  /** That of the resource and that of its method; none of either for what JAX-RS answers itself. */
  static String template(Method method) {
    String template =
        Stream.of(
                method.getDeclaringClass().getAnnotation(Path.class),
                method.getAnnotation(Path.class))
            .flatMap(path -> path == null ? Stream.of() : segments(path))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> "/" + segment)
            .collect(Collectors.joining());
    return template.isEmpty() ? RequestMetrics.NOWHERE : template;
  }

  private static Stream<String> segments(Path path) {
    return Arrays.stream(EXPRESSION.matcher(path.value()).replaceAll("{$1}").split("/"));
  }

  @Override
  public void filter(ContainerRequestContext asked, ContainerResponseContext answer) {
    RequestNote.of(request).answered(answer.getStatus(), metrics);
  }
}
