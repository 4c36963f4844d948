package org.diferido.rest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.diferido.metrics.Scrape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServletTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
            + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "Application/OpenMetrics-Text"
      })
  void whoCanReadOpenMetricsGetsIt(String accept) {
    assertThat(MetricsServlet.format(accept)).isEqualTo(Scrape.Format.OPEN_METRICS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "*/*", "text/html,application/xhtml+xml", ""})
  void anybodyElseGetsText(String accept) {
    assertThat(MetricsServlet.format(accept)).isEqualTo(Scrape.Format.TEXT);
  }

  @Test
  void soDoesWhoSaysNothing() {
    assertThat(MetricsServlet.format(null)).isEqualTo(Scrape.Format.TEXT);
  }
}
