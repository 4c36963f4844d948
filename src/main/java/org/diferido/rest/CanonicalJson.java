package org.diferido.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A JSON value as the one text that all its spellings have: without white space, and the members of
 * objects in order. A number stays as it was written.
 */
final class CanonicalJson {

  private static final JsonProvider JSON = JsonProvider.provider();

  private CanonicalJson() {}

  static String of(JsonValue value) {
    if (value instanceof JsonObject object) {
      return new TreeMap<>(object)
          .entrySet().stream()
              .map(each -> JSON.createValue(each.getKey()) + ":" + of(each.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    } else if (value instanceof JsonArray array) {
      return array.stream().map(CanonicalJson::of).collect(Collectors.joining(",", "[", "]"));
    }
    return value.toString();
  }
}
