package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.diferido.HandClock;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.junit.jupiter.api.Test;

class QueueRoomTest {

  private final HandClock clock = new HandClock();
  private final Map<String, Long> queued = new HashMap<>();
  private int counts;
  private final QueueRoom room = new QueueRoom(10, 8, this::count, clock);

  private Map<String, Long> count() {
    counts++;
    return queued;
  }

  private void add(String owner) {
    room.take(owner);
    queued.merge(owner, 1L, Long::sum);
    room.settled(owner);
  }

  private void assertRefused(String owner, FailureCode code) {
    assertThatThrownBy(() -> room.take(owner))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  @Test
  void theQueueIsCountedOnceASecond() {
    for (int jobs = 0; jobs < 5; jobs++) {
      add("ana");
    }
    assertThat(counts).isEqualTo(1);
    clock.advance(QueueRoom.COUNT_HOLDS);
    add("ana");
    assertThat(counts).isEqualTo(2);
  }

  @Test
  void nobodyHasAllOfIt() {
    for (int jobs = 0; jobs < 8; jobs++) {
      add("ana");
    }
    assertRefused("ana", FailureCode.TOO_MANY_QUEUED);
    add("diego");
    add("diego");
    assertRefused("diego", FailureCode.QUEUE_FULL);
    assertRefused("ana", FailureCode.QUEUE_FULL);
  }

  @Test
  void aFullQueueIsNotCountedForEachWhoIsRefused() {
    queued.put("ana", 10L);
    for (int refused = 0; refused < 100; refused++) {
      assertRefused("diego", FailureCode.QUEUE_FULL);
    }
    assertThat(counts).isEqualTo(1);
    queued.put("ana", 1L);
    clock.advance(QueueRoom.FULL_HOLDS);
    add("diego");
    assertThat(counts).isEqualTo(2);
  }

  @Test
  void whatIsBeingAddedAtTheMomentCounts() {
    for (int jobs = 0; jobs < 8; jobs++) {
      room.take("ana");
    }
    clock.advance(Duration.ofMinutes(1));
    assertRefused("ana", FailureCode.TOO_MANY_QUEUED);
    room.settled("ana");
    clock.advance(Duration.ofMinutes(1));
    room.take("ana");
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeACountLast() {
    add("ana");
    clock.set(Duration.ofHours(-1));
    clock.advance(QueueRoom.COUNT_HOLDS);
    add("ana");
    assertThat(counts).isEqualTo(2);
  }
}
