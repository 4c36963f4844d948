package org.diferido.result;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.jspecify.annotations.Nullable;

/**
 * Results as JSON: as the registry keeps them, with where the large ones are, and as clients are
 * told of them, with a link to those.
 */
public final class ResultJson {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String COLUMNS = "columns";
  private static final String ROWS = "rows";
  private static final String ROW_COUNT = "row_count";
  private static final String TRUNCATED = "truncated";
  private static final String STORED = "stored";
  private static final String KIND = "kind";
  private static final String SIZE = "size";
  private static final String LINK = "link";
  private static final String CONTENT_TYPE = "content_type";

  private ResultJson() {}

  /** A result as a JSON object, as the registry keeps it, its members in the result's order. */
  public static JsonObject kept(ProcedureResult result) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    result.values().forEach((key, value) -> object.add(key, JsonValues.toJson(value)));
    return object.build();
  }

  /**
   * The same for clients.
   *
   * @param link where they find what is kept apart, by its name
   */
  public static JsonObject told(ProcedureResult result, UnaryOperator<String> link) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    result.values().forEach((key, value) -> object.add(key, told(value, link.apply(key))));
    return object.build();
  }

  private static JsonValue told(@Nullable Object value, String link) {
    if (value instanceof Rows rows && rows.stored() != null) {
      return rows(rows).add(LINK, link).build();
    } else if (value instanceof LargeValue large) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      if (large.stored() != null) {
        object.add(LINK, link);
      }
      return object.add(SIZE, large.size()).add(CONTENT_TYPE, contentType(large.kind())).build();
    }
    return JsonValues.toJson(value);
  }

  private static String contentType(LargeValue.Kind kind) {
    return switch (kind) {
      case TEXT -> "text/plain";
      case BYTES -> "application/octet-stream";
    };
  }

  /**
   * The same with the numbers of the database as text, for clients that would take them for
   * doubles. Counts and sizes are the service's own, and stay numbers.
   */
  public static JsonObject numbersAsText(JsonObject told) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    told.forEach((key, value) -> object.add(key, numbersOf(value)));
    return object.build();
  }

  private static JsonValue numbersOf(JsonValue value) {
    if (!(value instanceof JsonObject whole && whole.containsKey(ROW_COUNT))) {
      return isToldLarge(value) ? value : JsonValues.numbersAsText(value);
    }
    JsonObjectBuilder object = JSON.createObjectBuilder();
    whole.forEach(
        (key, each) -> object.add(key, key.equals(ROWS) ? JsonValues.numbersAsText(each) : each));
    return object.build();
  }

  private static boolean isToldLarge(JsonValue value) {
    return value instanceof JsonObject object && object.containsKey(CONTENT_TYPE);
  }

  /** The reverse of {@link #kept(ProcedureResult)}. */
  public static ProcedureResult read(JsonObject json, Duration fetchTime) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    json.forEach(
        (key, value) ->
            values.put(
                key,
                isRows(value)
                    ? rows(value)
                    : isLarge(value) ? large(value) : JsonValues.fromJson(value)));
    return new ProcedureResult(values, fetchTime);
  }

  static JsonValue kept(Rows rows) {
    return kept(rows(rows), rows.stored());
  }

  static JsonValue kept(LargeValue large) {
    return kept(
        JSON.createObjectBuilder().add(KIND, word(large.kind())).add(SIZE, large.size()),
        large.stored());
  }

  private static JsonValue kept(JsonObjectBuilder object, @Nullable Stored stored) {
    if (stored != null) {
      object.add(
          STORED,
          JSON.createObjectBuilder()
              .add("id", stored.id())
              .add("chunks", stored.chunks())
              .add("lengths", JsonValues.toJson(stored.lengths())));
    }
    return object.build();
  }

  private static @Nullable Stored stored(JsonObject object) {
    JsonObject stored = object.getJsonObject(STORED);
    if (stored == null) {
      return null;
    }
    Map<String, Long> lengths = new LinkedHashMap<>();
    stored
        .getJsonObject("lengths")
        .forEach((format, length) -> lengths.put(format, ((JsonNumber) length).longValueExact()));
    return new Stored(stored.getString("id"), stored.getInt("chunks"), lengths);
  }

  private static JsonObjectBuilder rows(Rows rows) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (List<@Nullable Object> row : rows.rows()) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      for (int at = 0; at < rows.columns().size(); at++) {
        object.add(rows.columns().get(at), JsonValues.toJson(row.get(at)));
      }
      array.add(object);
    }
    JsonObjectBuilder object =
        JSON.createObjectBuilder()
            .add(COLUMNS, JsonValues.toJson(rows.columns()))
            .add(ROWS, array)
            .add(ROW_COUNT, rows.rowCount());
    if (rows.truncated()) {
      object.add(TRUNCATED, true);
    }
    return object;
  }

  private static boolean isRows(JsonValue value) {
    return value.getValueType() == JsonValue.ValueType.OBJECT
        && value.asJsonObject().containsKey(COLUMNS)
        && value.asJsonObject().containsKey(ROWS);
  }

  private static boolean isLarge(JsonValue value) {
    return value.getValueType() == JsonValue.ValueType.OBJECT
        && value.asJsonObject().containsKey(KIND)
        && value.asJsonObject().containsKey(SIZE);
  }

  private static LargeValue large(JsonValue value) {
    JsonObject object = value.asJsonObject();
    return new LargeValue(
        LargeValue.Kind.valueOf(object.getString(KIND).toUpperCase(Locale.ROOT)),
        object.getJsonNumber(SIZE).longValueExact(),
        stored(object));
  }

  private static String word(LargeValue.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
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
      columns.forEach(
          column -> row.add(JsonValues.fromJson(members.getOrDefault(column, JsonValue.NULL))));
      rows.add(row);
    }
    return new Rows(
        columns, rows, object.getJsonNumber(ROW_COUNT).longValueExact(), stored(object));
  }
}
