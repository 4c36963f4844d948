package org.diferido.database.registry;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.failure.Message;
import org.diferido.job.Attempt;
import org.diferido.job.JobState;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.diferido.result.JsonValues;
import org.diferido.result.ResultJson;
import org.jspecify.annotations.Nullable;

/** The other JSON columns: LABELS, RESULT, FAILURE and PROGRESS_DETAIL. */
final class StateJson {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** Parsson refuses texts of more than 15 million characters, against strangers' requests. */
  private static final JsonReaderFactory READERS =
      JSON.createReaderFactory(
          Map.of(
              "org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE,
              "org.eclipse.parsson.maxBigDecimalLength", Integer.MAX_VALUE));

  private StateJson() {}

  /**
   * The lines as they are, so that whoever looks at the table can read them, each with its end: to
   * Oracle an empty text is none. A NUL is no character to PostgreSQL.
   */
  static @Nullable String log(List<String> lines) {
    return lines.isEmpty() ? null : storable(String.join("\n", lines) + "\n");
  }

  static List<String> log(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return List.of(lines.split("\n", -1));
  }

  /** A text that is stored as it is. In JSON there are no such characters. */
  static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  static @Nullable String labels(Map<String, String> labels) {
    return labels.isEmpty() ? null : JsonValues.toJson(labels).toString();
  }

  static Map<String, String> labels(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    JsonObject object = read(text);
    Map<String, String> labels = new LinkedHashMap<>();
    object.keySet().forEach(name -> labels.put(name, object.getString(name)));
    return labels;
  }

  static String result(ProcedureResult result) {
    return ResultJson.kept(result).toString();
  }

  /** A result; one that says so where the text was left out. */
  static ProcedureResult result(@Nullable String text, Duration fetchTime) {
    return text == null
        ? ProcedureResult.omitted(fetchTime)
        : ResultJson.read(read(text), fetchTime);
  }

  /** {@code [{"node","attempt","started_at","ended_at","failure":{…}}]}. */
  static @Nullable String history(List<Attempt> history) {
    if (history.isEmpty()) {
      return null;
    }
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (Attempt attempt : history) {
      array.add(
          JSON.createObjectBuilder()
              .add("node", attempt.claim().node())
              .add("attempt", attempt.claim().attempt())
              .add("started_at", attempt.claim().startedAt().toString())
              .add("ended_at", attempt.endedAt().toString())
              .add("failure", read(failure(attempt.failure()))));
    }
    return array.build().toString();
  }

  static List<Attempt> history(@Nullable String text) {
    return text == null
        ? List.of()
        : read("{\"history\":" + text + "}")
            .getJsonArray("history")
            .getValuesAs(JsonObject.class)
            .stream()
            .map(StateJson::attempt)
            .toList();
  }

  private static Attempt attempt(JsonObject object) {
    return new Attempt(
        new JobState.Claim(
            object.getString("node"),
            object.getInt("attempt"),
            Instant.parse(object.getString("started_at"))),
        Instant.parse(object.getString("ended_at")),
        failure(object.getJsonObject("failure").toString()));
  }

  /** {@code {"code","arguments":[…],"fields":[{pointer,key,arguments}],"database_code"?}}. */
  static String failure(Failure failure) {
    List<Map<String, Object>> fields =
        failure.fields().stream()
            .map(
                field ->
                    Map.of(
                        "pointer", field.pointer(),
                        "key", field.message().key(),
                        "arguments", field.message().arguments()))
            .toList();
    JsonObjectBuilder object =
        JSON.createObjectBuilder()
            .add("code", failure.code().name())
            .add("arguments", JsonValues.toJson(failure.arguments()))
            .add("fields", JsonValues.toJson(fields));
    if (failure.databaseCode() != null) {
      object.add("database_code", failure.databaseCode());
    }
    return object.build().toString();
  }

  static Failure failure(String text) {
    JsonObject object = read(text);
    List<FieldError> fields =
        object.getJsonArray("fields").getValuesAs(JsonObject.class).stream()
            .map(
                field ->
                    new FieldError(
                        field.getString("pointer"),
                        new Message(field.getString("key"), strings(field, "arguments"))))
            .toList();
    return new Failure(
        FailureCode.valueOf(object.getString("code")),
        strings(object, "arguments"),
        fields,
        object.getString("database_code", null));
  }

  /** {@code {"source","message"?,"done"?,"total"?,"unit"?}}; nothing when nothing is known. */
  static @Nullable String progress(Progress progress) {
    if (progress.source() == Progress.Source.NONE) {
      return null;
    }
    JsonObjectBuilder object =
        JSON.createObjectBuilder().add("source", progress.source().name().toLowerCase(Locale.ROOT));
    add(object, "message", progress.message());
    add(object, "done", progress.done());
    add(object, "total", progress.total());
    add(object, "unit", progress.unit());
    add(
        object,
        "expected_end",
        progress.expectedEnd() == null ? null : progress.expectedEnd().toString());
    return object.build().toString();
  }

  static Progress progress(int percent, @Nullable String text) {
    if (text == null) {
      return new Progress(Progress.Source.NONE, percent, null, null, null, null, null);
    }
    JsonObject object = read(text);
    return new Progress(
        Progress.Source.valueOf(object.getString("source").toUpperCase(Locale.ROOT)),
        percent,
        object.getString("message", null),
        number(object, "done"),
        number(object, "total"),
        object.getString("unit", null),
        object.containsKey("expected_end")
            ? Instant.parse(object.getString("expected_end"))
            : null);
  }

  private static void add(JsonObjectBuilder object, String name, @Nullable Object value) {
    if (value != null) {
      object.add(name, JsonValues.toJson(value));
    }
  }

  private static @Nullable BigDecimal number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber number ? number.bigDecimalValue() : null;
  }

  private static List<String> strings(JsonObject object, String name) {
    return object.getJsonArray(name).getValuesAs(JsonString::getString);
  }

  /** Reads a column that this service wrote. */
  static JsonObject read(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
