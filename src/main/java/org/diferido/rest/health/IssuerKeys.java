package org.diferido.rest.health;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.diferido.execution.AskedElsewhere;
import org.diferido.job.SteadyClock;

/**
 * Whether the keys of the issuer of tokens can be had from where the server has them ({@code
 * mp.jwt.verify.publickey.location}, an http or https address). It is only told: see ADR 26.
 */
final class IssuerKeys {

  /** Readiness is asked every few seconds, and the issuer is somebody else's. */
  static final Duration FRESH = Duration.ofMinutes(1);

  private static final Duration HOLDS = Duration.ofMinutes(5);

  /** To connect, and for each piece of the answer, and in all twice as long. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final String OK = "ok";
  private static final int MOST_BYTES = 256 * 1024;
  private static final int BUFFER = 8 * 1024;
  private static final JsonProvider JSON = JsonProvider.provider();

  private final Optional<AskedElsewhere<String>> asked;
  private final Duration patience;
  private final SteadyClock clock;

  /**
   * @param location as the server is told it
   * @param patience see {@link #PATIENCE}
   */
  IssuerKeys(Optional<String> location, Duration patience, Executor executor, SteadyClock clock) {
    this.patience = patience;
    this.clock = clock;
    this.asked =
        location
            .filter(IssuerKeys::isOnTheWeb)
            .map(URI::create)
            .map(uri -> new AskedElsewhere<>(() -> answer(uri), FRESH, HOLDS, executor, clock));
  }

  private static boolean isOnTheWeb(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /** What is known at this moment: nobody waits for it. */
  String told() {
    return asked
        .map(each -> each.answer(Duration.ZERO).orElse("not known yet"))
        .orElse("not asked");
  }

  /** Whether they were there when they were last asked for; empty while nobody knows. */
  Optional<Boolean> areThere() {
    return asked.flatMap(each -> each.answer(Duration.ZERO)).map(OK::equals);
  }

  private String answer(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout((int) patience.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      connection.setUseCaches(false);
      try {
        return answer(connection);
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException e) {
      return "no answer: " + e.getClass().getSimpleName();
    }
  }

  private String answer(HttpURLConnection connection) throws IOException {
    Duration until = clock.reading().plus(patience.multipliedBy(2));
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      return "answers " + status;
    }
    try (InputStream body = connection.getInputStream()) {
      return hasKeys(read(body, until)) ? OK : "answers without keys";
    }
  }

  private byte[] read(InputStream body, Duration until) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read > 0; read = body.read(buffer)) {
      bytes.write(buffer, 0, read);
      if (clock.hasReached(until) || bytes.size() > MOST_BYTES) {
        throw new IOException("too long an answer");
      }
    }
    return bytes.toByteArray();
  }

  /** A JWK Set (RFC 7517, section 5), or a key as PEM (RFC 7468). */
  private static boolean hasKeys(byte[] body) {
    if (new String(body, StandardCharsets.US_ASCII).contains("-----BEGIN ")) {
      return true;
    }
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(body))) {
      JsonObject set = reader.readObject();
      return set.get("keys") instanceof JsonArray keys && !keys.isEmpty();
    } catch (JsonException | IllegalStateException e) {
      return false;
    }
  }
}
