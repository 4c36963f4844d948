package org.diferido.rest.catalogue;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import org.diferido.procedure.Parameter;
import org.diferido.result.JsonValues;

/** JSON Schema (2020-12) of the values that a parameter takes, of which null is always one. */
final class ValueSchema {

  private static final JsonProvider JSON = JsonProvider.provider();

  private static final String NUMBER = "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?$";
  private static final String DAY =
      "(\\d{4}-\\d{2}-\\d{2}|\\d{2}/\\d{2}/\\d{4}|\\d{2}-\\d{2}-\\d{4})";
  private static final String TIME = "[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?";
  private static final String ZONE = "(Z|[+-]\\d{2}:\\d{2})";

  /** Base64 makes four characters of three bytes. */
  private static final int BYTES = 3;

  private static final int CHARACTERS = 4;

  private ValueSchema() {}

  static JsonObjectBuilder of(Parameter parameter) {
    return switch (parameter.type()) {
      case TEXT, CLOB -> atMost(parameter.maxLength(), types("string", "number"));
      case NUMBER, FLOAT -> inRange(parameter, types("number", "string"));
      case INTEGER -> inRange(parameter, types("integer", "string"));
      case DATE, TIMESTAMP -> text("^" + DAY + "(" + TIME + ")?$");
      case DAY -> text("^" + DAY + "$");
      case TIMESTAMP_WITH_ZONE -> text("^" + DAY + TIME + ZONE + "$");
      case DAY_INTERVAL, MONTH_INTERVAL -> types("string");
      case BOOLEAN -> truth();
      case BLOB, BINARY ->
          atMost(base64(parameter.maxLength()), types("string")).add("contentEncoding", "base64");
      case COLLECTION -> elements(parameter);
      case OBJECT -> attributes(parameter);
      case CURSOR, UNSUPPORTED -> JSON.createObjectBuilder().add("type", "null");
    };
  }

  private static JsonObjectBuilder types(String... types) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (String type : types) {
      array.add(type);
    }
    return JSON.createObjectBuilder().add("type", array.add("null"));
  }

  private static JsonObjectBuilder text(String pattern) {
    return types("string").add("pattern", pattern);
  }

  private static JsonObjectBuilder atMost(int length, JsonObjectBuilder schema) {
    return length > 0 ? schema.add("maxLength", length) : schema;
  }

  private static int base64(int bytes) {
    return (bytes + BYTES - 1) / BYTES * CHARACTERS;
  }

  private static JsonObjectBuilder inRange(Parameter parameter, JsonObjectBuilder schema) {
    schema.add("pattern", NUMBER);
    if (parameter.integerDigits() > 0) {
      BigDecimal bound = BigDecimal.TEN.pow(parameter.integerDigits());
      schema
          .add("exclusiveMinimum", JsonValues.toJson(bound.negate()))
          .add("exclusiveMaximum", JsonValues.toJson(bound));
    }
    return schema;
  }

  private static JsonObjectBuilder truth() {
    return JSON.createObjectBuilder()
        .add(
            "enum",
            JSON.createArrayBuilder().add(true).add(false).add("true").add("false").addNull());
  }

  private static JsonObjectBuilder elements(Parameter collection) {
    JsonObjectBuilder schema = types("array").add("items", of(collection.shape().element()));
    int most = collection.shape().mostElements();
    return most > 0 ? schema.add("maxItems", most) : schema;
  }

  private static JsonObjectBuilder attributes(Parameter object) {
    JsonObjectBuilder properties = JSON.createObjectBuilder();
    JsonArrayBuilder required = JSON.createArrayBuilder();
    for (Parameter attribute : object.shape().parts()) {
      properties.add(attribute.name(), of(attribute));
      required.add(attribute.name());
    }
    return types("object")
        .add("properties", properties)
        .add("required", required)
        .add("additionalProperties", false);
  }
}
