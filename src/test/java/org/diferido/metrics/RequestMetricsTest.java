package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.diferido.HandClock;
import org.diferido.execution.RefusedLately;
import org.diferido.failure.FailureCode;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

  private final Meters meters = new Meters();
  private final RequestMetrics requests =
      new RequestMetrics(meters, new RefusedLately(new HandClock()));

  private MeterText scrape() {
    return MeterText.of(meters.written(Scrape.Format.TEXT.mediaType()), false);
  }

  @Test
  void requestsAreToldApartByRouteMethodStatusAndWhetherTheyWait() {
    requests.answered("/jobs/{id}", "GET", false, 200, TimeUnit.MILLISECONDS.toNanos(3));
    requests.answered("/jobs/{id}", "GET", false, 200, TimeUnit.MILLISECONDS.toNanos(30));
    requests.answered("/jobs/{id}", "GET", true, 200, TimeUnit.SECONDS.toNanos(20));
    requests.answered("/jobs/{id}", "GET", false, 404, 1);
    MeterText scrape = scrape();
    String[] plain = {"route", "/jobs/{id}", "method", "GET", "waits", "false", "status", "200"};
    assertThat(scrape.value("diferido_http_requests_seconds_count", plain)).isEqualTo(2);
    assertThat(scrape.value("diferido_http_requests_seconds_sum", plain)).isEqualTo(0.033);
    assertThat(scrape.sum("diferido_http_requests_seconds_count")).isEqualTo(4);
    assertThat(scrape.sum("diferido_http_requests_seconds_bucket", "status", "200", "le", "0.005"))
        .isEqualTo(1);
  }

  @Test
  void whatSomebodyMadeUpIsNoLabel() {
    for (int at = 0; at < 100; at++) {
      requests.answered(RequestMetrics.NOWHERE, "METHOD" + at, false, 405, 1);
    }
    assertThat(scrape().sum("diferido_http_requests_seconds_count", "method", "other"))
        .isEqualTo(100);
    assertThat(scrape().samples().keySet()).noneMatch(each -> each.contains("METHOD"));
  }

  @Test
  void failuresAreCountedByTheCodeThatTheClientIsTold() {
    requests.refused(FailureCode.QUEUE_FULL, 503);
    requests.refused(FailureCode.TOO_MANY_SUBMITS, 429);
    requests.refused(FailureCode.TOO_MANY_SUBMITS, 429);
    requests.refused(FailureCode.SESSION_ENDED, 409);
    MeterText scrape = scrape();
    assertThat(
            scrape.value(
                "diferido_http_problems_total", "code", "TOO_MANY_SUBMITS", "status", "429"))
        .isEqualTo(2);
    assertThat(scrape.value("diferido_http_problems_total", "code", "CANCELLED", "status", "409"))
        .isEqualTo(1);
  }
}
