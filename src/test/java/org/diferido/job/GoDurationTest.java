package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {

  /** What Go 1.22's time.Duration.String gives for the same. */
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ms",
    "320, 320ms",
    "999, 999ms",
    "1000, 1s",
    "1500, 1.5s",
    "1050, 1.05s",
    "1001, 1.001s",
    "10000, 10s",
    "59999, 59.999s",
    "60000, 1m0s",
    "63500, 1m3.5s",
    "300000, 5m0s",
    "3600000, 1h0m0s",
    "7205000, 2h0m5s",
    "3600001, 1h0m0.001s",
    "360000000, 100h0m0s",
    "-320, -320ms",
    "-63500, -1m3.5s"
  })
  void isWrittenAsGoWritesIt(long millis, String text) {
    assertThat(GoDuration.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void whatIsBelowAMillisecondIsCutOff() {
    assertThat(GoDuration.format(Duration.ofNanos(999_999))).isEqualTo("0s");
    assertThat(GoDuration.format(Duration.ofNanos(-999_999))).isEqualTo("0s");
    assertThat(GoDuration.format(Duration.ofNanos(1_999_999_999))).isEqualTo("1.999s");
  }
}
