package org.diferido.rest.catalogue;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Signature;
import org.diferido.result.JsonValues;
import org.jspecify.annotations.Nullable;

/** A body of a call that is accepted as it stands: with a value of its type for each parameter. */
final class ExampleBody {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String TEXT = "texto";

  private ExampleBody() {}

  /**
   * The body for one overload; what has a default is left out.
   *
   * @param name as it is to stand in it
   */
  static JsonObject of(String name, Signature signature) {
    JsonObjectBuilder body = JSON.createObjectBuilder().add("name", name);
    if (signature.isFunction()) {
      body.add("isFunction", true);
    }
    JsonArrayBuilder params = JSON.createArrayBuilder();
    signature.parameters().stream()
        .filter(parameter -> !parameter.optional())
        .forEach(parameter -> params.add(param(parameter)));
    return body.add("params", params).build();
  }

  private static JsonObjectBuilder param(Parameter parameter) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("name", parameter.name());
    if (parameter.direction().goesIn()) {
      json.add("value", JsonValues.toJson(value(parameter)));
    }
    if (parameter.direction() != Direction.IN) {
      json.add("direction", parameter.direction().name());
    }
    return json;
  }

  private static @Nullable Object value(Parameter parameter) {
    return switch (parameter.type()) {
      case TEXT, CLOB -> text(parameter.maxLength());
      case NUMBER, INTEGER, FLOAT -> BigDecimal.ONE;
      case DATE, DAY -> "2025-12-10";
      case TIMESTAMP -> "2025-12-10T14:30:00";
      case TIMESTAMP_WITH_ZONE -> "2025-12-10T14:30:00Z";
      case DAY_INTERVAL -> "P1DT2H";
      case MONTH_INTERVAL -> "P1Y2M";
      case BOOLEAN -> Boolean.TRUE;
      case BLOB, BINARY -> "AA==";
      case COLLECTION -> elements(parameter);
      case OBJECT -> attributes(parameter);
      case CURSOR, UNSUPPORTED -> null;
    };
  }

  private static String text(int most) {
    return most > 0 && most < TEXT.length() ? TEXT.substring(0, most) : TEXT;
  }

  private static List<?> elements(Parameter collection) {
    Object element = value(collection.shape().element());
    return element == null ? List.of() : List.of(element);
  }

  private static Map<String, @Nullable Object> attributes(Parameter object) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (Parameter attribute : object.shape().parts()) {
      attributes.put(attribute.name(), value(attribute));
    }
    return attributes;
  }
}
