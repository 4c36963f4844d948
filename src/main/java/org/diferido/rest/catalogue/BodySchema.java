package org.diferido.rest.catalogue;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.util.List;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Signature;
import org.diferido.rest.ProcedureCallRequest;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema (2020-12) of the body of a call to one overload. The service takes more than this
 * describes: names in any case, arguments in their order under other names.
 */
final class BodySchema {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final Signature signature;

  private BodySchema(Signature signature) {
    this.signature = signature;
  }

  /**
   * The schema.
   *
   * @param name as it is to stand in the body
   * @param longest how long a call may take at most, or null for as long as it likes
   */
  static JsonObject of(String name, Signature signature, @Nullable Duration longest) {
    return new BodySchema(signature).schema(name, longest);
  }

  private JsonObject schema(String name, @Nullable Duration longest) {
    JsonObjectBuilder properties =
        object()
            .add("name", object().add("const", name))
            .add("isFunction", isFunction())
            .add("params", params());
    ProcedureCallRequest.addOptions(properties, longest);
    JsonArrayBuilder required = JSON.createArrayBuilder().add("name");
    if (signature.parameters().stream().anyMatch(BodySchema::isRequired)) {
      required.add("params");
    }
    return object()
        .add("$schema", DIALECT)
        .add("title", signature.toString())
        .add("type", "object")
        .add("required", required)
        .add("properties", properties)
        .build();
  }

  private static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  private JsonObjectBuilder isFunction() {
    return signature.isFunction() ? object().add("type", "boolean") : object().add("const", false);
  }

  private static boolean isRequired(Parameter parameter) {
    return parameter.direction().goesIn() && !parameter.optional();
  }

  /** Each item is one of the parameters, none of which may come twice. */
  private JsonObjectBuilder params() {
    List<Parameter> parameters = signature.parameters();
    JsonArrayBuilder items = JSON.createArrayBuilder();
    JsonArrayBuilder each = JSON.createArrayBuilder();
    for (Parameter parameter : parameters) {
      items.add(item(parameter));
      each.add(
          object()
              .add("contains", named(parameter.name()))
              .add("minContains", isRequired(parameter) ? 1 : 0)
              .add("maxContains", 1));
    }
    int most = parameters.size();
    if (signature.isFunction()) {
      items.add(returned());
      most++;
    }
    JsonObjectBuilder schema = object().add("type", "array").add("maxItems", most);
    if (most > 0) {
      schema.add("items", object().add("oneOf", items));
    }
    return parameters.isEmpty() ? schema : schema.add("allOf", each);
  }

  private static JsonObjectBuilder named(String name) {
    return object()
        .add("properties", object().add("name", object().add("const", name)))
        .add("required", JSON.createArrayBuilder().add("name"));
  }

  private static JsonObjectBuilder item(Parameter parameter) {
    JsonArrayBuilder directions = JSON.createArrayBuilder().add(parameter.direction().name());
    if (parameter.direction() == Direction.INOUT) {
      directions.add("IN OUT").add("IN").add("OUT");
    }
    JsonObjectBuilder properties =
        object()
            .add("name", object().add("const", parameter.name()))
            .add("direction", object().add("enum", directions))
            .add("type", object().add("type", "string"));
    if (parameter.direction().goesIn()) {
      properties.add("value", ValueSchema.of(parameter));
    }
    return object()
        .add("type", "object")
        .add("title", parameter.toString())
        .add("required", JSON.createArrayBuilder().add("name"))
        .add("properties", properties);
  }

  /** What a function gives back may have any name that is no parameter's. */
  private JsonObjectBuilder returned() {
    JsonArrayBuilder names = JSON.createArrayBuilder();
    signature.parameters().forEach(parameter -> names.add(parameter.name()));
    JsonObjectBuilder name = object().add("type", "string");
    if (!signature.parameters().isEmpty()) {
      name.add("not", object().add("enum", names));
    }
    return object()
        .add("type", "object")
        .add("required", JSON.createArrayBuilder().add("name").add("direction"))
        .add(
            "properties",
            object().add("name", name).add("direction", object().add("const", "OUT")));
  }
}
