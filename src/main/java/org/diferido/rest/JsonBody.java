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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
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

  /** A body beyond this takes one of a few places: read, it is several times its size in memory. */
  private static final int LARGE_BYTES = 256 * 1024;

  private static final Semaphore LARGE_PLACES = new Semaphore(4);

  /** Nobody's arguments are nested like that, and whoever walks through them does so on a stack. */
  private static final int DEEPEST = 64;

  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonBody() {}

  /**
   * Reads all of a body.
   *
   * @throws org.diferido.failure.FailureException BODY_TOO_LARGE, MALFORMED_JSON; BUSY when several
   *     large ones are being read already
   */
  static JsonValue read(InputStream body) throws IOException {
    byte[] first = body.readNBytes(LARGE_BYTES);
    if (first.length < LARGE_BYTES) {
      return parse(first);
    }
    if (!LARGE_PLACES.tryAcquire()) {
      throw Failure.of(FailureCode.BUSY).toException();
    }
    try {
      return parse(rest(first, body));
    } finally {
      LARGE_PLACES.release();
    }
  }

  private static byte[] rest(byte[] first, InputStream body) throws IOException {
    byte[] second = body.readNBytes(MOST_BYTES - first.length + 1);
    byte[] bytes = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, bytes, first.length, second.length);
    if (bytes.length > MOST_BYTES) {
      throw Failure.of(FailureCode.BODY_TOO_LARGE, MOST_BYTES).toException();
    }
    return bytes;
  }

  private static JsonValue parse(byte[] bytes) {
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
        if (isDeeper(value, DEEPEST)) {
          throw malformed("depth > " + DEEPEST);
        }
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

  private static boolean isDeeper(JsonValue value, int levels) {
    Collection<JsonValue> inside =
        switch (value.getValueType()) {
          case ARRAY -> value.asJsonArray();
          case OBJECT -> value.asJsonObject().values();
          default -> List.of();
        };
    for (JsonValue each : inside) {
      if (levels == 0 || isDeeper(each, levels - 1)) {
        return true;
      }
    }
    return false;
  }

  private static String place(JsonLocation at) {
    return at.getLineNumber() + ":" + at.getColumnNumber();
  }

  private static RuntimeException malformed(String where) {
    return Failure.of(FailureCode.MALFORMED_JSON, where).toException();
  }
}
