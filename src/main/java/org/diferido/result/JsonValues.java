package org.diferido.result;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The values of calls and results as JSON (RFC 8259), on the wire and in the registry alike.
 * Numbers never go through a double.
 */
public final class JsonValues {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int MOST_ZEROS = 400;
  private static final int MOST_SCALE = 10_000;
  private static final String COLUMNS = "columns";
  private static final String ROWS = "rows";
  private static final String ROW_COUNT = "row_count";
  private static final String TRUNCATED = "truncated";

  private JsonValues() {}

  /**
   * A value as JSON.
   *
   * @param value String, BigDecimal, Integer, Long, Boolean, List, Map, {@link Rows} or null
   */
  public static JsonValue toJson(@Nullable Object value) {
    if (value == null) {
      return JsonValue.NULL;
    } else if (value instanceof JsonValue json) {
      return json;
    } else if (value instanceof String text) {
      return JSON.createValue(text);
    } else if (value instanceof BigDecimal number) {
      return JSON.createValue(exact(number));
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
      return rows(rows);
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
      case NUMBER -> JSON.createValue(plain(((JsonNumber) value).bigDecimalValue()));
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

  /** A result as a JSON object, its members in the result's order. */
  public static JsonObject resultToJson(ProcedureResult result) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    result.values().forEach((key, value) -> object.add(key, toJson(value)));
    return object.build();
  }

  /** The reverse of {@link #resultToJson}. */
  public static ProcedureResult resultFromJson(JsonObject json, Duration fetchTime) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    json.forEach((key, value) -> values.put(key, isRows(value) ? rows(value) : fromJson(value)));
    return new ProcedureResult(values, fetchTime);
  }

  /**
   * Without trailing zeros and without an exponent above: 12500, not 12500.00 nor 1.25E+4. A number
   * larger than any database's keeps its exponent, since its digits may not fit in memory.
   */
  public static BigDecimal exact(BigDecimal number) {
    if (number.signum() != 0 && isBeyondMeasure(number)) {
      return number;
    }
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return stripped.scale() < 0 && stripped.scale() > -MOST_ZEROS ? stripped.setScale(0) : stripped;
  }

  private static String plain(BigDecimal number) {
    return isBeyondMeasure(number) ? number.toString() : number.toPlainString();
  }

  /** Whether its digits, written out, might not fit in memory. */
  private static boolean isBeyondMeasure(BigDecimal number) {
    return Math.abs((long) number.scale()) > MOST_SCALE;
  }

  private static JsonObject rows(Rows rows) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (List<@Nullable Object> row : rows.rows()) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      for (int at = 0; at < rows.columns().size(); at++) {
        object.add(rows.columns().get(at), toJson(row.get(at)));
      }
      array.add(object);
    }
    JsonObjectBuilder object =
        JSON.createObjectBuilder()
            .add(COLUMNS, toJson(rows.columns()))
            .add(ROWS, array)
            .add(ROW_COUNT, rows.rowCount());
    if (rows.truncated()) {
      object.add(TRUNCATED, true);
    }
    return object.build();
  }

  private static boolean isRows(JsonValue value) {
    return value.getValueType() == JsonValue.ValueType.OBJECT
        && value.asJsonObject().containsKey(COLUMNS)
        && value.asJsonObject().containsKey(ROWS);
  }

  private static Rows rows(JsonValue value) {
    JsonObject object = value.asJsonObject();
    List<String> columns =
        object.getJsonArray(COLUMNS).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    JsonArray array = object.getJsonArray(ROWS);
    for (JsonValue each : array) {
      List<@Nullable Object> row = new ArrayList<>();
      JsonObject members = each.asJsonObject();
      columns.forEach(column -> row.add(fromJson(members.getOrDefault(column, JsonValue.NULL))));
      rows.add(row);
    }
    return new Rows(columns, rows, object.getJsonNumber(ROW_COUNT).longValueExact());
  }
}
