package org.diferido.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;

/**
 * The members of a JSON object by the types they should have. What has another type is noted with
 * its place, so that one answer names them all. A null member counts as one that is not there.
 */
final class Members {

  private final JsonObject object;
  private final String pointer;
  private final List<FieldError> errors;

  private Members(JsonObject object, String pointer, List<FieldError> errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** The members of a body. */
  static Members of(JsonValue body) {
    List<FieldError> errors = new ArrayList<>();
    if (body.getValueType() != ValueType.OBJECT) {
      errors.add(FieldError.of("", "member.object"));
      refuse(errors);
    }
    return new Members(body.asJsonObject(), "", errors);
  }

  Optional<String> text(String name) {
    return member(name)
        .flatMap(
            value ->
                value instanceof JsonString text
                    ? Optional.of(text.getString())
                    : wrong(name, "member.text"));
  }

  boolean truth(String name) {
    return member(name)
        .flatMap(
            value ->
                switch (value.getValueType()) {
                  case TRUE -> Optional.of(true);
                  case FALSE -> Optional.of(false);
                  default -> this.<Boolean>wrong(name, "member.boolean");
                })
        .orElse(false);
  }

  Optional<JsonObject> object(String name) {
    return member(name)
        .flatMap(
            value ->
                value instanceof JsonObject found
                    ? Optional.of(found)
                    : wrong(name, "member.object"));
  }

  /** The objects of an array; empty when there is none. */
  List<Members> objects(String name, int most) {
    JsonArray array =
        member(name)
            .<JsonArray>flatMap(
                value ->
                    value instanceof JsonArray found
                        ? Optional.of(found)
                        : wrong(name, "member.array"))
            .orElse(JsonValue.EMPTY_JSON_ARRAY);
    if (array.size() > most) {
      wrong(name, "member.too_many", most);
      return List.of();
    }
    List<Members> objects = new ArrayList<>();
    for (int at = 0; at < array.size(); at++) {
      String place = pointer + "/" + name + "/" + at;
      if (array.get(at) instanceof JsonObject each) {
        objects.add(new Members(each, place, errors));
      } else {
        errors.add(FieldError.of(place, "member.object"));
      }
    }
    return objects;
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  Optional<JsonValue> member(String name) {
    return Optional.ofNullable(object.get(name))
        .filter(value -> value.getValueType() != ValueType.NULL);
  }

  /** Notes that a member is not as it should be. */
  <T> Optional<T> wrong(String name, String key, Object... arguments) {
    errors.add(FieldError.of(pointer + "/" + name, key, arguments));
    return Optional.empty();
  }

  /**
   * Ends the reading.
   *
   * @throws org.diferido.failure.FailureException INVALID_REQUEST when anything was noted
   */
  void done() {
    refuse(errors);
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw Failure.ofFields(FailureCode.INVALID_REQUEST, errors).toException();
    }
  }
}
