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
    ended(NOW.plusSeconds(50)); // and told only after the next minute had begun
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(120)))).isEqualTo(4);
    assertThat(asked)
        .containsExactly(
            MINUTE.minusSeconds(59 * 60), MINUTE.minusSeconds(300), MINUTE.minusSeconds(300));
  }

  @Test
  void afterALongTimeOrWithAClockThatWasSetBackEverythingIsAskedFor() {
    minutes.upTo(NOW);
    minutes.upTo(NOW.plus(Duration.ofDays(2)));
    minutes.upTo(NOW);
    assertThat(asked)
        .containsExactly(
            MINUTE.minusSeconds(59 * 60),
            MINUTE.plus(Duration.ofDays(2)).minusSeconds(59 * 60),
            MINUTE.minusSeconds(59 * 60));
  }

  @Test
  void whatIsOverForAnHourIsForgotten() {
    ended(NOW);
    minutes.upTo(NOW);
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(59 * 60)))).isEqualTo(1);
    assertThat(succeeded(minutes.upTo(NOW.plusSeconds(60 * 60)))).isZero();
  }
}
