package org.diferido.result;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.result.format.ExactNumbers;
import org.jspecify.annotations.Nullable;

/**
 * The values of calls and results as JSON (RFC 8259), on the wire and in the registry alike.
 * Numbers never go through a double. For whole results see {@link ResultJson}.
 */
public final class JsonValues {

  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonValues() {}

  /**
   * A value as JSON.
   *
   * @param value String, BigDecimal, Integer, Long, Boolean, List, Map, {@link Rows}, {@link
   *     LargeValue} or null; of the last two, as the registry keeps them
   */
  public static JsonValue toJson(@Nullable Object value) {
    if (value == null) {
      return JsonValue.NULL;
    } else if (value instanceof JsonValue json) {
      return json;
    } else if (value instanceof String text) {
      return JSON.createValue(text);
    } else if (value instanceof BigDecimal number) {
      return JSON.createValue(ExactNumbers.exact(number));
    } else if (value instanceof Integer || value instanceof Long) {
      return JSON.createValue(((Number) value).longValue());
    } else if (value instanceof Boolean truth) {
      return truth ? JsonValue.TRUE : JsonValue.FALSE;
    } else if (value instanceof List<?> list) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      list.forEach(each -> array.add(toJson(each)));
      return array.build();
    } else if (value instanceof Map<?, ?> map) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      map.forEach((key, each) -> object.add(String.valueOf(key), toJson(each)));
      return object.build();
    } else if (value instanceof Rows rows) {
      return ResultJson.kept(rows);
    } else if (value instanceof LargeValue large) {
      return ResultJson.kept(large);
    }
    throw new IllegalArgumentException("no JSON for a " + value.getClass().getName());
  }

  /** The Java value of a JSON value: the reverse of {@link #toJson}, with rows as a Map. */
  public static @Nullable Object fromJson(JsonValue value) {
    return switch (value.getValueType()) {
      case NULL -> null;
      case TRUE -> Boolean.TRUE;
      case FALSE -> Boolean.FALSE;
      case STRING -> ((JsonString) value).getString();
      case NUMBER -> ((JsonNumber) value).bigDecimalValue();
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        value.asJsonArray().forEach(each -> list.add(fromJson(each)));
        yield list;
      }
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        value.asJsonObject().forEach((key, each) -> map.put(key, fromJson(each)));
        yield map;
      }
    };
  }

  /** The same JSON with every number as text, for clients that would take it for a double. */
  public static JsonValue numbersAsText(JsonValue value) {
    return switch (value.getValueType()) {
      case NUMBER -> JSON.createValue(ExactNumbers.plain(((JsonNumber) value).bigDecimalValue()));
      case ARRAY -> {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        value.asJsonArray().forEach(each -> array.add(numbersAsText(each)));
        yield array.build();
      }
      case OBJECT -> {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        value.asJsonObject().forEach((key, each) -> object.add(key, numbersAsText(each)));
        yield object.build();
      }
      default -> value;
    };
  }
}
