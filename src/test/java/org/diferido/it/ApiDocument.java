package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The service's description of itself (OpenAPI 3.0.3), held against what it answers: each answer
 * has to be one that it tells of, with nothing in it that it does not; and it counts what of it was
 * seen.
 */
final class ApiDocument {

  private static final Set<String> METHODS = Set.of("get", "post", "delete");
  private static final Set<String> JSON_TYPES =
      Set.of("application/json", "application/problem+json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V4,
          builder ->
              builder
                  .metaSchema(OpenApi30.getInstance())
                  .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

  private final JsonNode document;
  private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();
  private final Set<String> seen = new TreeSet<>();

  ApiDocument(String json) {
    try {
      document = JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    document.at("/components/schemas").forEach(ApiDocument::close);
  }

  /**
   * What is not told of must not be there; in the document itself clients are told to expect it.
   */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.has("properties") && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    schema.forEach(ApiDocument::close);
  }

  /**
   * An operation.
   *
   * @param template of its path
   * @param item what is said of the path
   */
  private record Operation(String template, String method, JsonNode item, JsonNode node) {

    String name() {
      return method.toUpperCase(Locale.ROOT) + " " + template;
    }
  }

  private List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        each -> {
                          if (METHODS.contains(each.getKey())) {
                            all.add(
                                new Operation(
                                    path.getKey(),
                                    each.getKey(),
                                    path.getValue(),
                                    each.getValue()));
                          }
                        }));
    return all;
  }

  /** What can be seen of it: each status and type of each operation, and each parameter. */
  Set<String> all() {
    Set<String> all = new TreeSet<>();
    for (Operation operation : operations()) {
      operation
          .node
          .get("responses")
          .properties()
          .forEach(
              each -> {
                String name = operation.name() + " " + each.getKey();
                all.add(name);
                resolved(each.getValue())
                    .path("content")
                    .fieldNames()
                    .forEachRemaining(type -> all.add(name + " " + type));
              });
      parameters(operation).forEach(each -> all.add(operation.name() + " " + named(each)));
    }
    return all;
  }

  Set<String> seen() {
    return seen;
  }

  /** Each operation's method and path, for what is the same with all of them. */
  List<String> names() {
    return operations().stream().map(Operation::name).toList();
  }

  boolean isOpen(String name) {
    return operations().stream()
        .filter(each -> each.name().equals(name))
        .map(each -> each.node.path("security"))
        .allMatch(security -> security.isMissingNode() || security.get(0).isEmpty());
  }

  private List<JsonNode> parameters(Operation operation) {
    List<JsonNode> all = new ArrayList<>();
    operation.item.path("parameters").forEach(each -> all.add(resolved(each)));
    operation.node.path("parameters").forEach(each -> all.add(resolved(each)));
    return all;
  }

  private static String named(JsonNode parameter) {
    return parameter.get("in").asText() + " " + parameter.get("name").asText();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private Optional<Operation> operation(String method, String path) {
    return operations().stream()
        .filter(each -> each.method.equalsIgnoreCase(method))
        .filter(each -> path.matches(each.template.replaceAll("\\{\\w+}", "[^/]+")))
        .min(Comparator.comparingInt(each -> each.template.contains("{") ? 1 : 0));
  }

  /**
   * Holds an exchange to it.
   *
   * @param target with its query
   * @param body of the request, or null
   */
  void check(
      String method,
      String target,
      List<String> headers,
      @Nullable String body,
      Client.Answer answer) {
    String[] parts = target.split("\\?", 2);
    Operation operation =
        operation(method, parts[0])
            .orElseThrow(() -> new AssertionError("not described: " + method + " " + target));
    String status = "" + answer.status();
    String name = operation.name() + " " + status;
    JsonNode response = operation.node.get("responses").get(status);
    assertThat(response).as("%s is described, for %s: %s", name, target, answer.text()).isNotNull();
    checkHeaders(name, resolved(response).path("headers"), answer);
    checkBody(name, resolved(response).path("content"), answer);
    seen.add(name);
    if (answer.status() < 400) {
      checkRequest(operation, parts.length > 1 ? parts[1] : "", headers, body);
    }
  }

  /** Those of which the document tells are there. */
  private void checkHeaders(String name, JsonNode headers, Client.Answer answer) {
    Set<String> told = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.fieldNames().forEachRemaining(told::add);
    for (String ours :
        List.of(
            "ETag",
            "Location",
            "Link",
            "Retry-After",
            "Idempotency-Replayed",
            "Preference-Applied",
            "Content-Disposition",
            "Accept-Ranges",
            "Content-Range",
            "WWW-Authenticate")) {
      if (!answer.header(ours).isEmpty()) {
        assertThat(told).as("headers of %s", name).contains(ours);
        seen.add(name + " header " + ours);
      }
    }
  }

  private void checkBody(String name, JsonNode content, Client.Answer answer) {
    if (answer.text().isEmpty()) {
      assertThat(content.isMissingNode() || content.isEmpty()).as("no body of %s", name).isTrue();
      return;
    }
    String type = answer.header("content-type").replaceFirst("\\s*;.*", "");
    JsonNode media = content.get(type);
    assertThat(media).as("%s of %s", type, name).isNotNull();
    seen.add(name + " " + type);
    if (JSON_TYPES.contains(type)) {
      validate(name, media.get("schema"), answer.text());
    }
  }

  /** What was taken has to be what the document says may be sent. */
  private void checkRequest(
      Operation operation, String query, List<String> headers, @Nullable String body) {
    Set<String> sent = new LinkedHashSet<>();
    for (String each : query.split("&")) {
      sent.add("query " + each.replaceFirst("=.*", ""));
    }
    for (int at = 0; at < headers.size(); at += 2) {
      sent.add("header " + headers.get(at));
    }
    Set<String> told = new LinkedHashSet<>();
    for (JsonNode parameter : parameters(operation)) {
      String name = named(parameter);
      told.add(name);
      if (sent.contains(name) || parameter.get("in").asText().equals("path")) {
        seen.add(operation.name() + " " + name);
      }
    }
    sent.removeIf(each -> !each.startsWith("query ") || each.equals("query "));
    assertThat(told).as("of %s", operation.name()).containsAll(sent);
    if (body != null) {
      JsonNode schema = operation.node.at("/requestBody/content/application~1json/schema");
      validate(operation.name() + " request", schema, body);
    }
  }

  private void validate(String name, JsonNode schema, String text) {
    JsonNode value;
    try {
      value = JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<ValidationMessage> wrong = schema(schema).validate(value);
    assertThat(wrong).as("%s: %s", name, text).isEmpty();
    alternatives(schema, value);
  }

  private JsonSchema schema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema,
        each -> {
          ObjectNode whole = each.deepCopy();
          if (each.has("$ref")) {
            whole = resolved(each).deepCopy();
          }
          close(whole);
          whole.set("components", document.get("components"));
          return SCHEMAS.getSchema(whole);
        });
  }

  /** Notes which members of which schemas have been seen. */
  private void walk(JsonNode schema, JsonNode value) {
    JsonNode here = resolved(schema);
    value.elements().forEachRemaining(each -> alternatives(here.path("items"), each));
    String name = schema.path("$ref").asText();
    value
        .properties()
        .forEach(
            member -> {
              JsonNode known = here.path("properties").path(member.getKey());
              if (!known.isMissingNode()) {
                seen.add(name + "/" + member.getKey());
              }
              alternatives(
                  known.isMissingNode() ? here.path("additionalProperties") : known,
                  member.getValue());
            });
  }

  /** Of several schemas those that the value is of. */
  private void alternatives(JsonNode schema, JsonNode value) {
    for (String word : List.of("oneOf", "anyOf")) {
      schema
          .path(word)
          .forEach(
              each -> {
                if (schema(each).validate(value).isEmpty()) {
                  alternatives(each, value);
                }
              });
    }
    if (schema.isObject()) {
      walk(schema, value);
    }
  }

  /** The members of the named schemas. */
  Set<String> members() {
    Set<String> all = new TreeSet<>();
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(
                        each -> all.add("#/components/schemas/" + schema.getKey() + "/" + each)));
    return all;
  }
}
