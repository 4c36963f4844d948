package org.diferido.rest;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.SteadyClock;

/**
 * Reads a body as JSON (RFC 8259) by itself rather than by the server's binding, so that a broken
 * one is told in the same way everywhere.
 */
final class JsonBody {

  /** What all bodies over {@link RequestBody#UNCOUNTED_BYTES} may hold while they come. */
  private static final int HELD_BYTES = 64 * 1024 * 1024;

  /** And those of one caller: two of the largest. */
  private static final int HELD_BY_ONE = 2 * RequestBody.MOST_BYTES;

  private static final RequestBody BODIES =
      new RequestBody(HELD_BYTES, HELD_BY_ONE, SteadyClock.ofTheJvm());

  /** Large bodies are read one by one or few at a time: read, each is several times its size. */
  private static final Semaphore LARGE_PLACES = new Semaphore(4);

  /** Longer than it takes to read the largest. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Nobody's arguments are nested like that, and whoever walks through them does so on a stack. */
  private static final int DEEPEST = 64;

  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonBody() {}

  /**
   * Reads all of a body.
   *
   * @param caller whose it is
   * @throws org.diferido.failure.FailureException BODY_TOO_LARGE, MALFORMED_JSON, MALFORMED_HTTP;
   *     BUSY when several large ones are being read already
   */
  static JsonValue read(InputStream body, String caller) {
    return BODIES.read(
        body,
        caller,
        bytes -> bytes.length <= RequestBody.UNCOUNTED_BYTES ? parse(bytes) : parseLarge(bytes));
  }

  private static JsonValue parseLarge(byte[] bytes) {
    boolean taken = false;
    try {
      taken = LARGE_PLACES.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!taken) {
        throw Failure.of(FailureCode.BUSY).toException();
      }
      return parse(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(Failure.of(FailureCode.BUSY), e);
    } finally {
      if (taken) {
        LARGE_PLACES.release();
      }
    }
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
        refuseHalves(value, "");
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

  /**
   * Half a character (RFC 8259, section 8.2) would become another one on its way to the database,
   * unsaid.
   */
  private static void refuseHalves(JsonValue value, String pointer) {
    switch (value.getValueType()) {
      case STRING -> refuseHalves(((JsonString) value).getString(), pointer);
      case ARRAY -> {
        int at = 0;
        for (JsonValue each : value.asJsonArray()) {
          refuseHalves(each, pointer + "/" + at);
          at++;
        }
      }
      case OBJECT ->
          value
              .asJsonObject()
              .forEach(
                  (name, each) -> {
                    refuseHalves(name, pointer);
                    refuseHalves(each, pointer + "/" + name);
                  });
      default -> {}
    }
  }

  private static void refuseHalves(String text, String pointer) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw malformed(pointer + " (\\ud800–\\udfff)");
    }
  }

  private static String place(JsonLocation at) {
    return at.getLineNumber() + ":" + at.getColumnNumber();
  }

  private static RuntimeException malformed(String where) {
    return Failure.of(FailureCode.MALFORMED_JSON, where).toException();
  }
}
