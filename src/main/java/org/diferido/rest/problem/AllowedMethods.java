package org.diferido.rest.problem;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells the methods of a resource in one way: sorted, with HEAD where there is GET. Each JAX-RS has
 * its own order, and its own text for the answer to OPTIONS.
 */
@Provider
public class AllowedMethods implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    if (!headers.containsKey(HttpHeaders.ALLOW)) {
      return;
    }
    Set<String> methods =
        headers.get(HttpHeaders.ALLOW).stream()
            .flatMap(value -> Arrays.stream(value.toString().split(",")))
            .map(String::strip)
            .collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    headers.putSingle(HttpHeaders.ALLOW, String.join(", ", methods));
    if (request.getMethod().equals(HttpMethod.OPTIONS) && response.getStatus() < 400) {
      response.setEntity(null);
      headers.remove(HttpHeaders.CONTENT_TYPE);
    }
  }
}
