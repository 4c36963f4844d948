package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTimesTest {

  private static WaitTimes of(String... waits) {
    WaitTimes all = WaitTimes.NONE;
    for (String wait : waits) {
      all = all.with(Duration.parse(wait));
    }
    return all;
  }

  @Test
  void theBoundsGrow() {
    assertThat(WaitTimes.BOUNDS).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }

  @Test
  void ofNobodyWhoWaitedNothingIsKnown() {
    assertThat(WaitTimes.NONE.within(0.5)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, PT0.015S", // half way through the second bucket, to 20 ms
    "0.25, PT0.01S",
    "1, PT0.02S"
  })
  void withinABucketTheyAreSpreadEvenly(double part, Duration expected) {
    WaitTimes waits = of("PT0.001S", "PT0.012S", "PT0.013S", "PT0.014S");
    Duration told = waits.within(part).orElseThrow();
    assertThat(told).isCloseTo(expected, Duration.ofMillis(2));
  }

  @Test
  void aPartIsInTheBucketInWhichSoManyHaveStarted() {
    WaitTimes waits = of("PT0S", "PT0S", "PT0S", "PT4S", "PT2H30M");
    assertThat(waits.within(0.5).orElseThrow()).isLessThan(Duration.ofMillis(10));
    assertThat(waits.within(0.8).orElseThrow())
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    assertThat(waits.within(0.95).orElseThrow())
        .isBetween(Duration.ofHours(2), Duration.ofHours(3));
  }

  @Test
  void whatIsBehindTheLastBoundIsToldAsThat() {
    assertThat(of("P30D").within(0.5)).contains(Duration.ofDays(7));
  }

  @Test
  void whoStartsBeforeHeWasAcceptedDidNotWait() {
    assertThat(WaitTimes.bucket(Duration.ofSeconds(-3))).isZero();
  }

  @Test
  void theyAddUp() {
    assertThat(of("PT1S", "PT1S").plus(of("PT1S", "PT0S")))
        .isEqualTo(new WaitTimes(Map.of(0, 1L, WaitTimes.bucket(Duration.ofSeconds(1)), 3L)));
  }
}
