package org.diferido.rest;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;

/**
 * Reads a body as JSON (RFC 8259) by itself rather than by the server's binding, so that a broken
 * one is told in the same way everywhere.
 */
final class JsonBody {

  /** Enough for arguments with some megabytes of text; more would be held in memory as well. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonBody() {}

  /**
   * Reads all of a body.
   *
   * @throws org.diferido.failure.FailureException BODY_TOO_LARGE, MALFORMED_JSON
   */
  static JsonValue read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw Failure.of(FailureCode.BODY_TOO_LARGE, MOST_BYTES).toException();
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("UTF-8");
    }
    return parse(text);
  }

  private static JsonValue parse(String text) {
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      try {
        parser.next();
        JsonValue value = parser.getValue();
        if (parser.hasNext()) {
          throw malformed(place(parser.getLocation()));
        }
        return value;
      } catch (JsonParsingException e) {
        throw malformed(place(e.getLocation()));
      } catch (FailureException e) {
        throw e;
      } catch (RuntimeException e) {
        // Too deep, or a number that is too long: Parsson has a RuntimeException of any kind there.
        throw malformed(place(parser.getLocation()));
      }
    }
  }

  private static String place(JsonLocation at) {
    return at.getLineNumber() + ":" + at.getColumnNumber();
  }

  private static RuntimeException malformed(String where) {
    return Failure.of(FailureCode.MALFORMED_JSON, where).toException();
  }
}
