package org.diferido.rest;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.jspecify.annotations.Nullable;

/** For how long a request wants to wait, and the answer when it has waited. */
final class Waiting {

  /** What proxies let pass without a byte. */
  static final int MOST_SECONDS = 30;

  private Waiting() {}

  /**
   * Reads {@code ?wait=N}, whole seconds.
   *
   * @throws org.diferido.failure.FailureException INVALID_REQUEST
   */
  static Duration query(@Nullable String seconds) {
    return seconds == null
        ? Duration.ZERO
        : Duration.ofSeconds(JobQuery.number(seconds, "?wait", "query.wait", 0, MOST_SECONDS));
  }

  /**
   * Reads {@code Prefer: wait=N} (RFC 7240, section 4.3); of several the first counts. A preference
   * that cannot be met is met as far as it can be, and one that cannot be read is none (section 2).
   */
  static Optional<Duration> preferred(List<String> headers) {
    for (String header : headers) {
      for (String preference : header.split(",", -1)) {
        String[] pair = preference.split(";", 2)[0].split("=", 2);
        if (pair.length == 2 && pair[0].strip().toLowerCase(Locale.ROOT).equals("wait")) {
          return seconds(pair[1].strip());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> seconds(String text) {
    String digits =
        text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
            ? text.substring(1, text.length() - 1)
            : text;
    if (!digits.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Math.min(MOST_SECONDS, Integer.parseInt(digits))));
  }

  /**
   * Answers once the waiting is over.
   *
   * @param view makes the answer of the job as it is then
   */
  static void answer(
      AsyncResponse response,
      CompletionStage<Optional<Job>> waiting,
      Function<Job, Response> view) {
    waiting
        .thenApply(
            job ->
                job.map(view)
                    .orElseThrow(() -> Failure.of(FailureCode.JOB_NOT_FOUND).toException()))
        .whenComplete(
            (answer, failed) -> {
              if (failed == null) {
                response.resume(answer);
              } else {
                response.resume(cause(failed));
              }
            });
  }

  private static Throwable cause(Throwable failed) {
    Throwable cause = failed.getCause();
    return failed instanceof CompletionException && cause != null ? cause : failed;
  }
}
