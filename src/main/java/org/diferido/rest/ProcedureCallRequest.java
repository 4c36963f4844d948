package org.diferido.rest;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diferido.execution.Submission;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.result.JsonValues;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /procedure/async}, checked for its form: {@code name}, {@code schema},
 * {@code isFunction}, {@code params}, {@code labels}, {@code start_before}, {@code
 * timeout_seconds}. Members that are not known are passed over, as the origin did.
 *
 * @param body as it came
 */
public record ProcedureCallRequest(Submission submission, JsonValue body) {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int MOST_PARAMS = 1000;
  private static final int LONGEST_WORD = 130;
  private static final int MOST_LABELS = 20;
  private static final int LONGEST_LABEL = 64;
  private static final int LONGEST_LABEL_VALUE = 256;
  private static final int MOST_SCALE = 2000;

  /** 366 days. */
  private static final int MOST_SECONDS = 31_622_400;

  /** RFC 3339, section 5.6: a year has four digits. */
  private static final int LAST_YEAR = 9999;

  /** What the contract has and this version does not do; passing it over would be a lie. */
  private static final List<String> NOT_OFFERED = List.of("callback_url");

  /**
   * Reads a body.
   *
   * @throws org.diferido.failure.FailureException INVALID_REQUEST that names every member of a
   *     wrong form; INVALID_ARGUMENTS for what is not offered
   */
  public static ProcedureCallRequest of(JsonValue body) {
    Members members = Members.of(body);
    Optional<String> name = members.text("name");
    Optional<String> schema = members.text("schema");
    boolean function = members.truth("isFunction");
    List<Argument> arguments =
        members.objects("params", MOST_PARAMS).stream()
            .map(ProcedureCallRequest::argument)
            .toList();
    Map<String, String> labels = labels(members);
    Optional<Instant> startBefore = startBefore(members);
    Optional<Duration> timeout = timeout(members);
    members.done();
    ProcedureName resolved = ProcedureName.parse(name.orElse(null), schema.orElse(null));
    refuseNotOffered(members);
    ProcedureCall call = new ProcedureCall(resolved, schema.orElse(null), function, arguments);
    Submission submission =
        new Submission(call, labels, startBefore.orElse(null), timeout.orElse(null), null, null);
    return new ProcedureCallRequest(submission, body);
  }

  /** The submission, known again by a key of the caller's if there is one. */
  Submission submission(String caller, @Nullable String key) {
    return key == null
        ? submission
        : submission.withKey(SubmitKey.of(caller, key, CanonicalJson.of(body)));
  }

  /**
   * Describes, in JSON Schema (2020-12), what a body may have beside its call.
   *
   * @param longest how long a call may take at most, or null for as long as it likes
   */
  public static void addOptions(JsonObjectBuilder properties, @Nullable Duration longest) {
    JsonObjectBuilder labels =
        JSON.createObjectBuilder()
            .add("type", "object")
            .add("maxProperties", MOST_LABELS)
            .add(
                "propertyNames",
                JSON.createObjectBuilder().add("minLength", 1).add("maxLength", LONGEST_LABEL))
            .add(
                "additionalProperties",
                JSON.createObjectBuilder()
                    .add("type", "string")
                    .add("maxLength", LONGEST_LABEL_VALUE));
    long most = longest == null ? MOST_SECONDS : Math.min(MOST_SECONDS, longest.toSeconds());
    properties
        .add("labels", labels)
        .add(
            "start_before",
            JSON.createObjectBuilder().add("type", "string").add("format", "date-time"))
        .add(
            "timeout_seconds",
            JSON.createObjectBuilder()
                .add("type", "integer")
                .add("minimum", 1)
                .add("maximum", most));
  }

  private static Optional<Duration> timeout(Members members) {
    return members
        .member("timeout_seconds")
        .flatMap(
            value ->
                value instanceof JsonNumber number && isSeconds(number)
                    ? Optional.of(Duration.ofSeconds(number.longValueExact()))
                    : members.wrong("timeout_seconds", "member.seconds", MOST_SECONDS));
  }

  private static boolean isSeconds(JsonNumber number) {
    return !isBeyondMeasure(number)
        && number.bigDecimalValue().stripTrailingZeros().scale() <= 0
        && number.bigDecimalValue().compareTo(BigDecimal.ONE) >= 0
        && number.bigDecimalValue().compareTo(BigDecimal.valueOf(MOST_SECONDS)) <= 0;
  }

  private static Argument argument(Members members) {
    Optional<String> direction = word(members, "direction").filter(text -> !text.isBlank());
    // What is only to come out has no value; the origin passed one over, and so is it here.
    boolean goesIn = !direction.flatMap(Direction::parse).equals(Optional.of(Direction.OUT));
    Optional<Object> value = value(members);
    return new Argument(
        word(members, "name").orElse(""),
        goesIn ? value.orElse(null) : null,
        goesIn && members.has("value"),
        direction.orElse(null),
        word(members, "type").orElse(null),
        false);
  }

  private static Optional<Object> value(Members members) {
    Optional<JsonValue> value = members.member("value");
    if (value.filter(ProcedureCallRequest::isBeyondMeasure).isPresent()) {
      return members.wrong("value", "value.out_of_range");
    }
    return value.map(JsonValues::fromJson);
  }

  /** Whether a number has an exponent that no database takes, and that nobody can write out. */
  private static boolean isBeyondMeasure(JsonValue value) {
    return switch (value.getValueType()) {
      case NUMBER -> Math.abs((long) ((JsonNumber) value).bigDecimalValue().scale()) > MOST_SCALE;
      case ARRAY -> value.asJsonArray().stream().anyMatch(ProcedureCallRequest::isBeyondMeasure);
      case OBJECT ->
          value.asJsonObject().values().stream().anyMatch(ProcedureCallRequest::isBeyondMeasure);
      default -> false;
    };
  }

  /** A text that goes back to the caller in errors, and is therefore short. */
  private static Optional<String> word(Members members, String name) {
    return members
        .text(name)
        .flatMap(
            text ->
                text.length() <= LONGEST_WORD
                    ? Optional.of(text)
                    : members.wrong(name, "member.too_long", LONGEST_WORD));
  }

  private static Map<String, String> labels(Members members) {
    JsonObject object = members.object("labels").orElse(JsonValue.EMPTY_JSON_OBJECT);
    Map<String, String> labels = new LinkedHashMap<>();
    boolean fits = object.size() <= MOST_LABELS;
    for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
      if (entry.getValue() instanceof JsonString text
          && !entry.getKey().isEmpty()
          && entry.getKey().length() <= LONGEST_LABEL
          && text.getString().length() <= LONGEST_LABEL_VALUE) {
        labels.put(entry.getKey(), text.getString());
      } else {
        fits = false;
      }
    }
    if (!fits) {
      members.wrong("labels", "member.labels", MOST_LABELS, LONGEST_LABEL, LONGEST_LABEL_VALUE);
    }
    return labels;
  }

  private static Optional<Instant> startBefore(Members members) {
    return members
        .text("start_before")
        .flatMap(
            text -> {
              try {
                OffsetDateTime time =
                    OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
                if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                  // What the registry keeps.
                  return Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS));
                }
                return members.wrong("start_before", "member.time");
              } catch (DateTimeException e) {
                return members.wrong("start_before", "member.time");
              }
            });
  }

  private static void refuseNotOffered(Members members) {
    List<FieldError> errors = new ArrayList<>();
    for (String name : NOT_OFFERED) {
      if (members.member(name).isPresent()) {
        errors.add(FieldError.of("/" + name, "member.not_offered", name));
      }
    }
    if (!errors.isEmpty()) {
      throw Failure.ofFields(FailureCode.INVALID_ARGUMENTS, errors).toException();
    }
  }
}
