package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.HandClock;
import org.diferido.execution.ServiceSettings;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobTerms;
import org.diferido.job.SampleJobs;
import org.diferido.procedure.SecretNames;
import org.junit.jupiter.api.Test;

class QueueMetricsTest {

  private final HandClock clock = new HandClock(SampleJobs.NOW);
  private final InMemoryJobRegistry registry = new InMemoryJobRegistry(clock);
  private final AtomicInteger asked = new AtomicInteger();
  private boolean away;
  private final Meters meters = new Meters();

  private QueueMetrics queue(Executor executor) {
    JobRegistry watched =
        (JobRegistry)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {JobRegistry.class},
                (proxy, method, arguments) -> {
                  asked.incrementAndGet();
                  if (away) {
                    throw Failure.of(FailureCode.REGISTRY_UNAVAILABLE).toException();
                  }
                  try {
                    return method.invoke(registry, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    ServiceSettings settings =
        new ServiceSettings(
            2, 77, Duration.ofSeconds(2), Duration.ofSeconds(5), SecretNames.parse("x"));
    return new QueueMetrics(
        meters, new ProcedureLabels(), watched, settings, executor, clock, clock);
  }

  private MeterText scrape(QueueMetrics queue) {
    queue.tell(queue.look());
    return MeterText.of(meters.written(Scrape.Format.TEXT.mediaType()), false);
  }

  @Test
  void itTellsWhatWaitsByProcedureAndForHowLong() {
    QueueMetrics queue = queue(Runnable::run);
    MeterText idle = scrape(queue);
    assertThat(idle.value("diferido_queue_oldest_seconds")).isZero();
    assertThat(idle.samples()).containsEntry("diferido_queue_jobs{procedure=\"other\"}", 0.0);
    assertThat(idle.value("diferido_queue_capacity")).isEqualTo(77);
    assertThat(idle.value("diferido_registry_up")).isEqualTo(1);
    registry.add(SampleJobs.with("ana", SampleJobs.CALL, 5, null, 1, null));
    clock.advance(Duration.ofSeconds(40));
    registry.add(SampleJobs.with("bea", SampleJobs.CALL, 5, null, 1, null));
    registry.add(
        Job.queued(JobId.random(), "ana", SampleJobs.CALL, JobTerms.USUAL, clock.instant()));
    MeterText busy = scrape(queue);
    assertThat(busy.value("diferido_queue_jobs", "procedure", "APP.PKG_ETL.PROCESO_LARGO"))
        .isEqualTo(2);
    assertThat(busy.value("diferido_queue_jobs", "procedure", "other")).isEqualTo(1);
    assertThat(busy.value("diferido_queue_oldest_seconds")).isEqualTo(40);
    SampleJobs.claim(registry, SampleJobs.NODE, 3, clock.instant());
    clock.advance(QueueMetrics.FRESH);
    assertThat(scrape(queue).samples())
        .containsEntry("diferido_queue_jobs{procedure=\"APP.PKG_ETL.PROCESO_LARGO\"}", 0.0);
  }

  @Test
  void theRegistryIsAskedOnceInTenSecondsAndTimeGoesOnMeanwhile() {
    QueueMetrics queue = queue(Runnable::run);
    assertThat(asked).hasValue(0);
    registry.add(SampleJobs.queued());
    for (int second = 0; second < 30; second++) {
      assertThat(scrape(queue).value("diferido_queue_oldest_seconds")).isEqualTo(second);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(asked).hasValue(3);
  }

  @Test
  void aRegistryThatIsAwayIsToldAndWhatItWouldSayIsNot() {
    QueueMetrics queue = queue(Runnable::run);
    registry.add(SampleJobs.queued());
    scrape(queue);
    away = true;
    clock.advance(QueueMetrics.FRESH);
    MeterText gone = scrape(queue);
    assertThat(gone.value("diferido_registry_up")).isZero();
    assertThat(gone.value("diferido_queue_oldest_seconds")).isNaN();
    assertThat(gone.names()).doesNotContain("diferido_queue_jobs");
    away = false;
    clock.advance(QueueMetrics.FRESH);
    assertThat(scrape(queue).value("diferido_registry_up")).isEqualTo(1);
  }

  @Test
  void aRegistryThatIsMuteKeepsNobodyAndCountsForAwayAfterAWhile() {
    boolean[] mute = {false};
    QueueMetrics queue =
        queue(
            task -> {
              if (!mute[0]) {
                task.run();
              }
            });
    scrape(queue);
    mute[0] = true;
    clock.advance(QueueMetrics.HOLDS.minusMillis(1));
    assertThat(scrape(queue).value("diferido_registry_up")).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(scrape(queue).value("diferido_registry_up")).isZero();
  }
}
