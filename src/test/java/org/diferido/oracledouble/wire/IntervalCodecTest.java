package org.diferido.oracledouble.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalCodecTest {

  @Test
  void aNegativeIntervalHasOnlyNegativeFields() {
    assertThat(HexFormat.of().formatHex(IntervalCodec.encode(Duration.parse("-P1DT2H3M4.5S"))))
        .isEqualTo("7fffffff3a3938" + "62329b00");
    assertThat(HexFormat.of().formatHex(IntervalCodec.encode(Period.of(-1, -2, 0))))
        .isEqualTo("7fffffff3a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT0S",
        "P2DT3H4M5.006S",
        "-P2DT3H4M5.006S",
        "PT0.000000001S",
        "-PT0.000000001S",
        "PT23H59M59.999999999S",
        "-PT23H59M59.999999999S",
        "PT23999999999H"
      })
  void aDurationComesBack(String text) {
    Duration duration = Duration.parse(text);
    assertThat(IntervalCodec.decodeDuration(IntervalCodec.encode(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0M", "P1Y2M", "P-1Y-2M", "P999999999Y11M", "P-999999999Y-11M"})
  void aPeriodComesBack(String text) {
    Period period = Period.parse(text);
    assertThat(IntervalCodec.decodePeriod(IntervalCodec.encode(period))).isEqualTo(period);
  }
}
