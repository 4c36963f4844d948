package org.diferido.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.diferido.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

  @Test
  void withNothingConfiguredAJobIsKeptForADayAndANodeMayBeSilentForHalfAMinute() {
    assertThat(Retention.from(TestConfig.of()))
        .isEqualTo(new Retention(Duration.ofHours(24), Duration.ofSeconds(30)));
  }

  @Test
  void whatIsConfiguredHolds() {
    assertThat(
            Retention.from(
                TestConfig.of("diferido.retention", "P7D", "diferido.node.silence", " PT2M ")))
        .isEqualTo(new Retention(Duration.ofDays(7), Duration.ofMinutes(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "diferido.retention, 24h",
    "diferido.retention, 24",
    "diferido.retention, PT0S",
    "diferido.retention, PT-1H",
    "diferido.retention, P1M",
    "diferido.retention, PT99999999999999999999S",
    "diferido.retention, ' '",
    "diferido.node.silence, half a minute",
    "diferido.node.silence, PT0S",
    "diferido.node.silence, -PT30S",
  })
  void aBadValueStopsTheStartAndIsNamed(String property, String value) {
    assertThatThrownBy(() -> Retention.from(TestConfig.of(property, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(property)
        .hasMessageContaining("'" + value.strip() + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P36501D", "P3650000D", "PT2562047788015215H"})
  void aTimeThatNoDatabaseKnowsStopsTheStart(String value) {
    assertThatThrownBy(() -> Retention.from(TestConfig.of("diferido.retention", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("diferido.retention");
  }
}
