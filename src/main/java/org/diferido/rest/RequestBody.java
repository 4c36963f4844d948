package org.diferido.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.SteadyClock;

/**
 * Receives the bytes of a body. What all of them together hold in memory is bounded by what has
 * really come, not by what somebody says that he will send, and nobody may send for as long as he
 * likes: so who stops in the middle keeps nobody else out, nor does one caller with many at once.
 */
final class RequestBody {

  /** Enough for arguments with some megabytes of text; more would be held in memory as well. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  /** So much of each body is not counted: most bodies are smaller. */
  static final int UNCOUNTED_BYTES = 256 * 1024;

  static final Duration MOST_TIME = Duration.ofSeconds(60);

  private static final int CHUNK = 64 * 1024;

  /** What is read at once; a request's whole body, mostly. */
  private static final int BUFFER = 8 * 1024;

  private final Semaphore chunks;
  private final int mostOfOne;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();
  private final SteadyClock clock;

  /**
   * @param bytes that all bodies may hold at once, beside those that are not counted
   * @param ofOne how many of them the bodies of one caller may hold
   */
  RequestBody(int bytes, int ofOne, SteadyClock clock) {
    this.chunks = new Semaphore(bytes / CHUNK);
    this.mostOfOne = ofOne / CHUNK;
    this.clock = clock;
  }

  /** What is done with the bytes, which are not counted any more after it. */
  interface Use<T> {
    T of(byte[] bytes);
  }

  /**
   * Reads all of a body and uses it.
   *
   * @param caller whose it is
   * @throws FailureException BODY_TOO_LARGE; BUSY when too much is held already; MALFORMED_HTTP
   *     when it does not come, or not in time
   */
  <T> T read(InputStream body, String caller, Use<T> use) {
    Duration until = clock.reading().plus(MOST_TIME);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    int mine = 0;
    try {
      for (int read = next(body, buffer, until); read > 0; read = next(body, buffer, until)) {
        bytes.write(buffer, 0, read);
        if (bytes.size() > MOST_BYTES) {
          throw Failure.of(FailureCode.BODY_TOO_LARGE, MOST_BYTES).toException();
        }
        while (bytes.size() > UNCOUNTED_BYTES + mine * CHUNK) {
          if (!takes(caller)) {
            throw Failure.of(FailureCode.BUSY).toException();
          }
          mine++;
        }
      }
      return use.of(bytes.toByteArray());
    } finally {
      giveBack(caller, mine);
    }
  }

  private boolean takes(String caller) {
    if (held.merge(caller, 1, Integer::sum) > mostOfOne) {
      giveBackShare(caller, 1);
      return false;
    }
    if (!chunks.tryAcquire()) {
      giveBackShare(caller, 1);
      return false;
    }
    return true;
  }

  private void giveBack(String caller, int mine) {
    chunks.release(mine);
    giveBackShare(caller, mine);
  }

  /** Who holds nothing is not remembered. */
  private void giveBackShare(String caller, int mine) {
    held.computeIfPresent(caller, (same, all) -> all == mine ? null : all - mine);
  }

  /** How many bytes have come into the buffer; none at the end. */
  private int next(InputStream body, byte[] buffer, Duration until) {
    try {
      int length = body.read(buffer);
      if (clock.hasReached(until)) {
        throw new IOException("the body took longer than " + MOST_TIME);
      }
      return length;
    } catch (IOException e) {
      // Whoever sends it has gone, or takes his time; that is no fault of the service.
      throw new FailureException(Failure.of(FailureCode.MALFORMED_HTTP), e);
    }
  }
}
