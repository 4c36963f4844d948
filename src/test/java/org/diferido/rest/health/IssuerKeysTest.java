package org.diferido.rest.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.HandClock;
import org.diferido.job.SteadyClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerKeysTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final HandClock clock = new HandClock();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer issuer;
  private volatile int status = 200;
  private volatile String body = "{\"keys\":[{\"kid\":\"a\"}]}";

  @BeforeEach
  void start() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/certs",
        exchange -> {
          asked.incrementAndGet();
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  private IssuerKeys keys() {
    return new IssuerKeys(
        Optional.of("http://127.0.0.1:" + issuer.getAddress().getPort() + "/certs"),
        LONG,
        Runnable::run,
        clock);
  }

  @Test
  void theIssuerIsAskedOnceAMinuteAndOnlyIfSomebodyWantsToKnow() {
    IssuerKeys keys = keys();
    assertThat(asked).hasValue(0);
    assertThat(keys.told()).isEqualTo("ok");
    assertThat(keys.areThere()).contains(true);
    clock.advance(Duration.ofMillis(59_999));
    assertThat(keys.told()).isEqualTo("ok");
    assertThat(asked).hasValue(1);
    status = 500;
    clock.advance(Duration.ofMillis(1));
    assertThat(keys.told()).isEqualTo("answers 500");
    assertThat(keys.areThere()).contains(false);
    assertThat(asked).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"keys\":[]} | answers without keys",
        "200 | <html></html> | answers without keys",
        "200 | [1] | answers without keys",
        "200 | -----BEGIN PUBLIC KEY----- | ok",
        "404 | {\"keys\":[1]} | answers 404",
        "503 | x | answers 503"
      })
  void whatIsNoKeyIsTold(int answered, String text, String told) {
    status = answered;
    body = text;
    assertThat(keys().told()).isEqualTo(told);
  }

  @Test
  void anIssuerThatIsNotThereIsTold() {
    IssuerKeys keys = keys();
    issuer.stop(0);
    assertThat(keys.told()).isEqualTo("no answer: ConnectException");
  }

  @Test
  void oneThatTakesTheConnectionAndSaysNothingIsToldInTime() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SteadyClock steady = SteadyClock.ofTheJvm();
      IssuerKeys keys =
          new IssuerKeys(
              Optional.of("http://127.0.0.1:" + mute.getLocalPort()),
              Duration.ofMillis(100),
              Runnable::run,
              steady);
      assertThat(keys.told()).isEqualTo("no answer: SocketTimeoutException");
    }
  }

  @Test
  void tooMuchIsNotRead() {
    body = "x".repeat(1_000_000);
    assertThat(keys().told()).isEqualTo("no answer: IOException");
  }

  @Test
  void nobodyIsKeptWaiting() {
    IssuerKeys keys =
        new IssuerKeys(Optional.of("https://issuer.example.com/certs"), LONG, task -> {}, clock);
    assertThat(keys.told()).isEqualTo("not known yet");
    assertThat(keys.areThere()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/keys.json", "/keys.pem", "classpath:keys"})
  void aKeyThatIsHereIsNotAskedFor(String location) {
    IssuerKeys keys =
        new IssuerKeys(
            Optional.of(location),
            LONG,
            task -> {
              throw new AssertionError("asked");
            },
            clock);
    assertThat(keys.told()).isEqualTo("not asked");
    assertThat(keys.areThere()).isEmpty();
    assertThat(new IssuerKeys(Optional.empty(), LONG, Runnable::run, clock).told())
        .isEqualTo("not asked");
  }
}
