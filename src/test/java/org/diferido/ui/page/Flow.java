package org.diferido.ui.page;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Short jobs of two people, one after the other, of which one in twenty fails. */
public final class Flow implements AutoCloseable {

  /** Values of the label {@code n}, each of as many jobs as the others. */
  public static final int LABELS = 50;

  private static final int ONE_FAILS_OF = 20;
  private static final int AT_ONCE = 4;
  private static final long PAUSE_MILLIS = 50;

  private final TestJobs jobs;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();

  public Flow(TestJobs jobs) {
    this.jobs = jobs;
  }

  /** Makes so many at once, and waits until all have been accepted. */
  public void fill(int count) throws InterruptedException {
    // The tokens, before many ask for them.
    jobs.echo("ana.gomez", "primero");
    jobs.echo("diego.ruiz", "segundo");
    ExecutorService crowd = Executors.newFixedThreadPool(AT_ONCE);
    for (int at = 0; at < count; at++) {
      crowd.execute(this::one);
    }
    crowd.shutdown();
    if (!crowd.awaitTermination(15, TimeUnit.MINUTES) || made.get() < count) {
      throw new AssertionError("only " + made + " of " + count + " jobs were accepted");
    }
  }

  /** Goes on making them, some twenty in a second, until this is closed. */
  public void begin() {
    Future<?> unused =
        background.scheduleWithFixedDelay(this::one, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void one() {
    int at = next.getAndIncrement();
    String person = at % 2 == 0 ? "ana.gomez" : "diego.ruiz";
    Map<String, String> labels = Map.of("n", "" + at % LABELS);
    if (at / LABELS % ONE_FAILS_OF == 0) {
      jobs.submit(person, "PROC_TEST_ERROR", Map.of("p_should_fail", 1), labels);
    } else {
      jobs.submit(person, "SUMA", Map.of("A", at, "B", 1), labels);
    }
    made.incrementAndGet();
  }

  public int made() {
    return made.get();
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
