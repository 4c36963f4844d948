package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.diferido.HandClock;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final HandClock clock = new HandClock();
  private Duration answer = Duration.ZERO;

  /** Of the registry. */
  private final List<String> asked = new ArrayList<>();

  private final JobRegistry registry =
      (JobRegistry)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {JobRegistry.class},
              (proxy, method, arguments) -> {
                asked.add(method.getName());
                clock.advance(answer);
                return null;
              });
  private final Heartbeat heartbeat = new Heartbeat(registry, new Node("a"), clock);

  private void beats(int times) {
    for (int at = 0; at < times; at++) {
      heartbeat.beat();
      clock.advance(Duration.ofSeconds(5));
    }
  }

  @Test
  void itIsSteadyForAsLongAsEachComesThroughAtOnce() {
    assertThat(heartbeat.steady()).isZero();
    beats(6);
    assertThat(heartbeat.steady()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whoHasLeftBeatsNoMore() {
    heartbeat.beat();
    heartbeat.leave();
    heartbeat.beat();
    assertThat(asked).containsExactly("beat", "leave");
  }

  @Test
  void aGapBeginsAnew() {
    beats(6);
    clock.advance(Duration.ofSeconds(10));
    assertThat(heartbeat.steady()).as("while there is none").isZero();
    heartbeat.beat();
    assertThat(heartbeat.steady()).isZero();
  }

  @Test
  void soDoesARegistryThatTakesItsTime() {
    beats(6);
    answer = Heartbeat.LONGEST_ANSWER;
    heartbeat.beat();
    assertThat(heartbeat.steady()).isZero();
    answer = Duration.ZERO;
    beats(2);
    assertThat(heartbeat.steady()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void itsAgeCountsFromTheLastBeatThatCameThrough() {
    assertThat(heartbeat.age()).isEmpty();
    beats(2);
    assertThat(heartbeat.age()).contains(Duration.ofSeconds(5));
    clock.advance(Duration.ofMinutes(1));
    assertThat(heartbeat.age()).contains(Duration.ofSeconds(65));
  }

  @Test
  void soDoesADoubt() {
    beats(6);
    heartbeat.doubt();
    assertThat(heartbeat.steady()).isZero();
  }
}
