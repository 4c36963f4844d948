package org.diferido.failure;

/**
 * What is wrong with one place of a request.
 *
 * @param pointer the place, as a JSON Pointer (RFC 6901), such as {@code /params/0/value}; a query
 *     parameter is named as {@code ?limit}
 * @param message what is wrong with it
 */
public record FieldError(String pointer, Message message) {

  public static FieldError of(String pointer, String key, Object... arguments) {
    return new FieldError(pointer, Message.of(key, arguments));
  }
}
