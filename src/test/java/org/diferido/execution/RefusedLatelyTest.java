package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.diferido.HandClock;
import org.diferido.failure.FailureCode;
import org.diferido.job.NodeFigures.Refused;
import org.junit.jupiter.api.Test;

class RefusedLatelyTest {

  private final HandClock clock = new HandClock();
  private final RefusedLately refused = new RefusedLately(clock);

  @Test
  void onlyWhatALimitRefusedCounts() {
    for (FailureCode code : FailureCode.values()) {
      refused.told(code);
    }
    assertThat(refused.lastHour()).isEqualTo(new Refused(5, 1));
  }

  @Test
  void anHourLaterItIsForgotten() {
    refused.told(FailureCode.QUEUE_FULL);
    clock.advance(Duration.ofMinutes(30));
    refused.told(FailureCode.TOO_MANY_SUBMITS);
    clock.advance(Duration.ofMinutes(29));
    assertThat(refused.lastHour()).isEqualTo(new Refused(2, 1));
    clock.advance(Duration.ofMinutes(1));
    assertThat(refused.lastHour()).isEqualTo(new Refused(1, 0));
    clock.advance(Duration.ofDays(3));
    assertThat(refused.lastHour()).isEqualTo(Refused.NOTHING);
  }

  @Test
  void whatComesAfterALongSilenceIsCountedAlone() {
    refused.told(FailureCode.QUEUE_FULL);
    clock.advance(Duration.ofHours(1));
    refused.told(FailureCode.TOO_MANY_QUEUED);
    assertThat(refused.lastHour()).isEqualTo(new Refused(1, 0));
  }
}
