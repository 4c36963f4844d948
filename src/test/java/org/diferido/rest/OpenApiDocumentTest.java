package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The form of the API's description (OpenAPI 3.0.3): whatever it says has to be complete. */
class OpenApiDocumentTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private static final Map<?, ?> DOCUMENT = document();

  private static Map<?, ?> document() {
    try (InputStream file = OpenApiServlet.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<?, ?> object(Map<?, ?> in, String name) {
    return in.get(name) instanceof Map<?, ?> map ? resolved(map) : Map.of();
  }

  private static Map<?, ?> resolved(Map<?, ?> map) {
    return map.get("$ref") instanceof String reference ? at(reference) : map;
  }

  /** RFC 6901, without the escapes that no name here needs. */
  private static Map<?, ?> at(String reference) {
    assertThat(reference).startsWith("#/");
    Map<?, ?> place = DOCUMENT;
    for (String name : reference.substring(2).split("/")) {
      assertThat(place.get(name)).as(reference).isInstanceOf(Map.class);
      place = (Map<?, ?>) place.get(name);
    }
    return place;
  }

  /** Each operation: its path, its method, what is said of it and of its path. */
  static Stream<Arguments> operations() {
    List<Arguments> all = new ArrayList<>();
    object(DOCUMENT, "paths")
        .forEach(
            (path, item) ->
                ((Map<?, ?>) item)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            all.add(Arguments.of(path, method, operation, item));
                          }
                        }));
    return all.stream();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(DOCUMENT)).isNotEmpty().allSatisfy(OpenApiDocumentTest::at);
  }

  private static List<String> references(Object node) {
    List<String> all = new ArrayList<>();
    if (node instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String reference) {
        all.add(reference);
      }
      map.values().forEach(each -> all.addAll(references(each)));
    } else if (node instanceof List<?> list) {
      list.forEach(each -> all.addAll(references(each)));
    }
    return all;
  }

  @Test
  void everyComponentIsUsed() {
    Set<String> used = new HashSet<>(references(DOCUMENT));
    object(DOCUMENT, "components")
        .forEach(
            (kind, parts) -> {
              if (!kind.equals("securitySchemes")) {
                ((Map<?, ?>) parts)
                    .keySet()
                    .forEach(
                        name -> assertThat(used).contains("#/components/" + kind + "/" + name));
              }
            });
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    List<Object> names =
        operations().map(each -> (Object) ((Map<?, ?>) each.get()[2]).get("operationId")).toList();
    assertThat(names).doesNotContainNull().doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("operations")
  void everyOperationIsDescribed(
      String path, String method, Map<?, ?> operation, Map<?, ?> pathItem) {
    assertThat(operation.get("summary")).as("summary").isInstanceOf(String.class);
    assertThat((List<?>) operation.get("tags")).as("tags").hasSize(1);
    Set<Object> places = new HashSet<>();
    for (Map<?, ?> parameter : parameters(operation, pathItem)) {
      assertThat(parameter.get("schema")).as("schema of " + parameter).isNotNull();
      if ("path".equals(parameter.get("in"))) {
        assertThat(parameter.get("required")).isEqualTo(true);
        places.add(parameter.get("name"));
      } else {
        assertThat(parameter.get("description")).as("of " + parameter.get("name")).isNotNull();
      }
    }
    Set<Object> named = new HashSet<>();
    for (Matcher place = PLACE.matcher(path); place.find(); ) {
      named.add(place.group(1));
    }
    assertThat(places).isEqualTo(named);
  }

  private static List<Map<?, ?>> parameters(Map<?, ?> operation, Map<?, ?> pathItem) {
    List<Map<?, ?>> all = new ArrayList<>();
    for (Map<?, ?> from : List.of(pathItem, operation)) {
      if (from.get("parameters") instanceof List<?> list) {
        list.forEach(each -> all.add(resolved((Map<?, ?>) each)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("operations")
  void everyAnswerIsDescribed(String path, String method, Map<?, ?> operation, Map<?, ?> pathItem) {
    Map<?, ?> responses = object(operation, "responses");
    assertThat(responses).isNotEmpty();
    responses.forEach(
        (status, response) -> {
          Map<?, ?> whole = resolved((Map<?, ?>) response);
          assertThat(whole.get("description")).as(status + " description").isNotNull();
          if (Integer.parseInt(status.toString()) >= 400 && !path.startsWith("/health")) {
            assertThat(object(whole, "content").keySet().stream().map(Object::toString))
                .as(status + " content")
                .containsExactly("application/problem+json");
          }
        });
    if (operation.get("security") instanceof List<?> security && !security.isEmpty()) {
      assertThat(responses.keySet().stream().map(Object::toString)).contains("401", "403");
    }
  }
}
