package org.diferido.database.registry;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.result.JsonValues;
import org.jspecify.annotations.Nullable;

/**
 * A call as the JSON of the column PARAMS: {@code {"name","schema"?,"isFunction","params":[{name,
 * value?,direction?,type?,secret?,secret_attributes?}]}}.
 */
final class CallJson {

  private static final JsonProvider JSON = JsonProvider.provider();

  private CallJson() {}

  static String write(ProcedureCall call) {
    JsonObjectBuilder object = JSON.createObjectBuilder().add("name", call.spelledName());
    if (call.schema() != null) {
      object.add("schema", call.schema());
    }
    JsonArrayBuilder params = JSON.createArrayBuilder();
    call.arguments().forEach(argument -> params.add(write(argument)));
    return object.add("isFunction", call.function()).add("params", params).build().toString();
  }

  static ProcedureCall read(String text) {
    JsonObject object = StateJson.read(text);
    @Nullable String schema = object.getString("schema", null);
    List<Argument> arguments =
        object.getJsonArray("params").getValuesAs(JsonObject.class).stream()
            .map(CallJson::argument)
            .toList();
    return new ProcedureCall(
        ProcedureName.parse(object.getString("name"), schema),
        schema,
        object.getBoolean("isFunction"),
        arguments);
  }

  private static JsonObjectBuilder write(Argument argument) {
    JsonObjectBuilder object = JSON.createObjectBuilder().add("name", argument.name());
    if (argument.valueGiven()) {
      object.add("value", JsonValues.toJson(withScales(argument.value())));
    }
    if (argument.direction() != null) {
      object.add("direction", argument.direction());
    }
    if (argument.type() != null) {
      object.add("type", argument.type());
    }
    if (argument.secret()) {
      object.add("secret", true);
    }
    if (!argument.secretAttributes().isEmpty()) {
      object.add("secret_attributes", JSON.createArrayBuilder(argument.secretAttributes()));
    }
    return object;
  }

  private static Argument argument(JsonObject object) {
    return new Argument(
        object.getString("name"),
        JsonValues.fromJson(object.getOrDefault("value", JsonValue.NULL)),
        object.containsKey("value"),
        object.getString("direction", null),
        object.getString("type", null),
        object.getBoolean("secret", false),
        secretAttributes(object));
  }

  private static Set<String> secretAttributes(JsonObject argument) {
    JsonArray names = argument.getJsonArray("secret_attributes");
    return names == null
        ? Set.of()
        : names.getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .collect(Collectors.toSet());
  }

  /** A number given for a text is bound as it was written, so 1.50 must not come back as 1.5. */
  private static @Nullable Object withScales(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return JSON.createValue(number);
    } else if (value instanceof List<?> list) {
      return list.stream().map(CallJson::withScales).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key, withScales(each)));
      return copy;
    }
    return value;
  }
}
