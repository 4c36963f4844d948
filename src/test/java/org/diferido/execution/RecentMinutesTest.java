package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diferido.job.EndedMinute;
import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.SampleJobs;
import org.junit.jupiter.api.Test;

class RecentMinutesTest {

  private static final Instant NOW = Instant.parse("2025-12-10T14:30:20Z");
  private static final Instant MINUTE = Instant.parse("2025-12-10T14:30:00Z");

  private final JobRegistry kept = new InMemoryJobRegistry();

  /** From when on it was asked. */
  private final List<Instant> asked = new ArrayList<>();

  private final RecentMinutes minutes =
      new RecentMinutes(
          (JobRegistry)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {JobRegistry.class},
                  (proxy, method, arguments) -> {
                    asked.add((Instant) arguments[0]);
                    return method.invoke(kept, arguments);
                  }));

  private void ended(Instant end) {
    Job job = SampleJobs.of("ana", "P", null, Map.of(), end);
    kept.add(job.claimedBy("a", end).succeeded(SampleJobs.RESULT, end));
  }

  private static long succeeded(List<EndedMinute> minutes) {
    return minutes.stream().mapToLong(each -> each.count(JobStatus.SUCCEEDED)).sum();
  }

  @Test
  void anHourHasSixtyMinutesAndTheLastIsTheCurrentOne() {
    ended(MINUTE.minusSeconds(59 * 60));
    ended(MINUTE.minusSeconds(59 * 60 + 1));
    ended(NOW);
    List<EndedMinute> found = minutes.upTo(NOW);
    assertThat(found).hasSize(60);
    assertThat(found.get(0).at()).isEqualTo(MINUTE.minusSeconds(59 * 60));
    assertThat(found.get(0).count(JobStatus.SUCCEEDED)).isEqualTo(1);
    assertThat(found.get(1)).isEqualTo(EndedMinute.quiet(MINUTE.minusSeconds(58 * 60)));
    assertThat(found.get(59).at()).isEqualTo(MINUTE);
    assertThat(succeeded(found)).isEqualTo(2);
  }

  @Test
  void whatIsLongOverIsAskedForOnce() {
    ended(NOW.minusSeconds(600));
    ended(NOW);
    assertThat(succeeded(minutes.upTo(NOW))).isEqualTo(2);
    ended(NOW.plusSeconds(1));
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(5)))).isEqualTo(3);
    ended(NOW.plusSeconds(38)); // and told only after the next minute had begun
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(50)))).isEqualTo(4);
    assertThat(asked)
        .containsExactly(
            MINUTE.minusSeconds(59 * 60), MINUTE.minusSeconds(300), MINUTE.minusSeconds(300));
  }

  @Test
  void endsThatWereWrittenOnceTheRegistryWasBackAreCountedWhereTheyWere() {
    minutes.upTo(NOW);
    Instant back = NOW.plusSeconds(600);
    minutes.upTo(back); // by which the registry has not been told yet
    ended(NOW.plusSeconds(120));
    for (int at = 10; at < 300; at += 10) {
      minutes.upTo(back.plusSeconds(at));
    }
    assertThat(succeeded(minutes.upTo(back.plusSeconds(300)))).isEqualTo(1);
    asked.clear();
    minutes.upTo(back.plusSeconds(310));
    assertThat(asked).containsExactly(MINUTE.plusSeconds(600));
  }

  @Test
  void whoLooksNowAndThenIsToldOfLateEndsAsWell() {
    minutes.upTo(NOW);
    minutes.upTo(NOW.plusSeconds(600));
    ended(NOW.plusSeconds(120));
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(720)))).isEqualTo(1);
  }

  @Test
  void twoWhoLookAtOnceInAnyOrderHaveNothingCountedAnew() {
    ended(NOW.minusSeconds(1200));
    minutes.upTo(NOW.plusSeconds(40));
    asked.clear();
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(39)))).isEqualTo(1);
    assertThat(asked).containsExactly(MINUTE.minusSeconds(300));
  }

  @Test
  void whatIsRemovedStaysCounted() {
    ended(NOW);
    minutes.upTo(NOW);
    kept.removeEnded(JobFilter.ALL);
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(5)))).isEqualTo(1);
  }

  @Test
  void afterALongTimeEverythingIsAskedFor() {
    minutes.upTo(NOW);
    minutes.upTo(NOW.plus(Duration.ofDays(2)));
    assertThat(asked)
        .containsExactly(
            MINUTE.minusSeconds(59 * 60), MINUTE.plus(Duration.ofDays(2)).minusSeconds(59 * 60));
  }

  @Test
  void aClockThatIsSetBackDoesNoHarm() {
    minutes.upTo(NOW);
    ended(NOW.minus(Duration.ofHours(3)));
    assertThat(succeeded(minutes.upTo(NOW.minus(Duration.ofHours(3))))).isEqualTo(1);
    assertThat(minutes.upTo(NOW)).hasSize(60);
  }

  @Test
  void whatIsOverForAnHourIsForgotten() {
    ended(NOW);
    minutes.upTo(NOW);
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(59 * 60)))).isEqualTo(1);
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(60 * 60)))).isZero();
  }
}
