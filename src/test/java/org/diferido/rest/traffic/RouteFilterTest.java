package org.diferido.rest.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.diferido.rest.DemoResource;
import org.diferido.rest.JobsResource;
import org.diferido.rest.PingResource;
import org.diferido.rest.ProcedureResource;
import org.junit.jupiter.api.Test;

class RouteFilterTest {

  private static final List<Class<? extends Annotation>> METHODS =
      List.of(GET.class, POST.class, DELETE.class);

  @Test
  void aRouteIsTheTemplateOfItsPath() {
    assertThat(
            Stream.of(
                    JobsResource.class,
                    ProcedureResource.class,
                    PingResource.class,
                    DemoResource.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> METHODS.stream().anyMatch(method::isAnnotationPresent))
                .map(RouteFilter::template))
        .containsOnly(
            "/jobs",
            "/jobs/{id}",
            "/jobs/{id}/cancel",
            "/jobs/{id}/retry",
            "/procedure",
            "/procedure/async",
            "/ping",
            "/demo/tokens");
  }

  @Test
  void whatNoResourceAnswersIsNoRoute() throws Exception {
    Method method = Object.class.getMethod("toString");
    assertThat(RouteFilter.template(method)).isEqualTo("other");
  }
}
