package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diferido.HandClock;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

  private static final int MEBIBYTE = 1024 * 1024;

  private final HandClock clock = new HandClock();
  private final RequestBody bodies = new RequestBody(2 * MEBIBYTE, 2 * MEBIBYTE, clock);

  private static void assertRefused(FailureCode code, ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  private int read(int bytes) {
    return bodies.read(new ByteArrayInputStream(new byte[bytes]), "ana", all -> all.length);
  }

  @Test
  void whatOthersHoldCountsUntilTheyAreDone() {
    bodies.read(
        new ByteArrayInputStream(new byte[3 * MEBIBYTE / 2]),
        "bruno",
        first -> {
          assertRefused(FailureCode.BUSY, () -> read(3 * MEBIBYTE / 2));
          assertThat(read(RequestBody.UNCOUNTED_BYTES)).as("a small one").isPositive();
          return read(MEBIBYTE / 2);
        });
    assertThat(read(2 * MEBIBYTE)).isEqualTo(2 * MEBIBYTE);
  }

  @Test
  void oneCallerLeavesRoomForOthers() {
    RequestBody shared = new RequestBody(4 * MEBIBYTE, MEBIBYTE, clock);
    byte[] large = new byte[MEBIBYTE];
    shared.read(
        new ByteArrayInputStream(large),
        "ana",
        first -> {
          assertRefused(
              FailureCode.BUSY,
              () -> shared.read(new ByteArrayInputStream(large), "ana", all -> all));
          return shared.read(new ByteArrayInputStream(large), "bruno", all -> all);
        });
    int again = shared.read(new ByteArrayInputStream(large), "ana", all -> all.length);
    assertThat(again).isEqualTo(MEBIBYTE);
  }

  @Test
  void whatIsRefusedHoldsNothing() {
    for (int times = 0; times < 10; times++) {
      assertRefused(FailureCode.BUSY, () -> read(3 * MEBIBYTE));
      assertRefused(
          FailureCode.MALFORMED_JSON,
          () ->
              bodies.read(
                  new ByteArrayInputStream(new byte[MEBIBYTE]),
                  "ana",
                  all -> {
                    throw Failure.of(FailureCode.MALFORMED_JSON, "").toException();
                  }));
    }
    assertThat(read(2 * MEBIBYTE)).isEqualTo(2 * MEBIBYTE);
  }

  @Test
  void whoStopsInTheMiddleIsNoFaultOfTheService() {
    InputStream cut =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] into, int at, int most) throws IOException {
            return read();
          }
        };
    assertRefused(FailureCode.MALFORMED_HTTP, () -> bodies.read(cut, "ana", all -> all));
  }

  @Test
  void nobodySendsAByteNowAndThenForEver() {
    InputStream drip =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] into, int at, int most) {
            clock.advance(Duration.ofSeconds(1));
            into[at] = ' ';
            return 1;
          }
        };
    assertRefused(FailureCode.MALFORMED_HTTP, () -> bodies.read(drip, "ana", all -> all));
    assertThat(clock.reading()).isEqualTo(new HandClock().reading().plus(RequestBody.MOST_TIME));
  }
}
