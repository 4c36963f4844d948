package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.diferido.HandClock;
import org.junit.jupiter.api.Test;

class ReadyMetricsTest {

  private final HandClock clock = new HandClock();
  private final Meters meters = new Meters();
  private final ReadyMetrics ready = new ReadyMetrics(meters, clock);

  private double value() {
    return MeterText.of(meters.written(Scrape.Format.TEXT.mediaType()), false)
        .value("diferido_ready", "part", "registry");
  }

  @Test
  void itTellsWhatWasLastToldAndForgetsItAfterAMinute() {
    ready.told("registry", true);
    assertThat(value()).isEqualTo(1);
    ready.told("registry", false);
    assertThat(value()).isZero();
    clock.advance(ReadyMetrics.HOLDS.minus(Duration.ofMillis(1)));
    assertThat(value()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(value()).isNaN();
    ready.told("registry", true);
    assertThat(value()).isEqualTo(1);
  }
}
