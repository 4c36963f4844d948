package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.diferido.failure.FailureException;
import org.diferido.job.Heartbeat;
import org.diferido.job.Job;
import org.diferido.job.Node;
import org.diferido.metrics.JobMetrics;
import org.diferido.metrics.JvmMetrics;
import org.diferido.metrics.MeterText;
import org.diferido.metrics.Meters;
import org.diferido.metrics.NodeMetrics;
import org.diferido.metrics.ProcedureLabels;
import org.diferido.metrics.QueueMetrics;
import org.diferido.metrics.Scrape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that is scraped while it works. */
class ScrapedNodeTest {

  private static final int SCRAPES = 1000;
  private static final Set<String> GROWING = Set.of("counter", "histogram", "summary");

  private final Meters meters = new Meters();
  private final ProcedureLabels labels = new ProcedureLabels();
  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final ServiceSettings settings = SteppedNode.settings(2, JobRules.NONE);
  private final SteppedNode node =
      new SteppedNode("node-a", registry, settings, new JobMetrics(meters, labels));
  private final JobFeed feed =
      new JobFeed(
          registry,
          new JobLookup(registry, node.calls, node.known),
          node.calls,
          settings,
          node.clock,
          Runnable::run,
          task -> {});
  private final Heartbeat heartbeat = new Heartbeat(registry, new Node("node-a"), node.clock);
  private final Scrape scrape =
      new Scrape(
          meters,
          new NodeMetrics(
              meters, labels, new Node("node-a"), node.pool, node.calls, feed, heartbeat),
          new QueueMetrics(
              meters, labels, registry, settings, Runnable::run, node.clock, node.clock),
          new JvmMetrics(meters));

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private MeterText scraped(Scrape.Format format) {
    return MeterText.of(
        new String(scrape.in(format), StandardCharsets.UTF_8),
        format == Scrape.Format.OPEN_METRICS);
  }

  @Test
  void whatIsCountedNeverFallsHoweverOftenItIsAskedForWhileJobsRun() {
    node.gateway.steps.release(1_000_000);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger accepted = new AtomicInteger();
    CompletableFuture<Void> work =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                try {
                  node.submit("a");
                  accepted.incrementAndGet();
                } catch (FailureException e) {
                  Thread.onSpinWait();
                }
              }
            });
    Map<String, Double> before = new HashMap<>();
    for (int at = 0; at < SCRAPES; at++) {
      node.clock.advance(Duration.ofMillis(200));
      MeterText now = scraped(Scrape.Format.TEXT);
      now.samples()
          .forEach(
              (sample, value) -> {
                if (GROWING.contains(now.type(sample))) {
                  assertThat(value)
                      .as(sample)
                      .isGreaterThanOrEqualTo(before.getOrDefault(sample, 0.0));
                  before.put(sample, value);
                }
              });
    }
    done.set(true);
    work.join();
    await().until(() -> registry.kept.queued() == 0 && node.pool.isIdle());
    MeterText last = scraped(Scrape.Format.TEXT);
    double all = accepted.get();
    assertThat(all).isGreaterThan(100);
    assertThat(last.sum("diferido_jobs_accepted_total")).isEqualTo(all);
    assertThat(
            last.value("diferido_jobs_ended_total", "procedure", "PUBLIC.P", "state", "succeeded"))
        .isEqualTo(all);
    assertThat(last.sum("diferido_jobs_ended_total")).isEqualTo(all);
    assertThat(last.value("diferido_job_wait_seconds_count")).isEqualTo(all);
    assertThat(last.value("diferido_job_run_seconds_count", "procedure", "PUBLIC.P"))
        .isEqualTo(all);
    assertThat(last.value("diferido_job_run_seconds_bucket", "procedure", "PUBLIC.P", "le", "+Inf"))
        .isEqualTo(all);
  }

  @Test
  void itTellsWhatTheNodeDoesAtTheMoment() {
    node.submit("a");
    node.submit("b");
    node.submit("c");
    await().until(() -> node.calls.all().size() == 2);
    heartbeat.beat();
    MeterText busy = scraped(Scrape.Format.TEXT);
    assertThat(busy.value("diferido_workers")).isEqualTo(2);
    assertThat(busy.value("diferido_workers_free")).isZero();
    assertThat(busy.value("diferido_jobs_running", "procedure", "PUBLIC.P", "state", "running"))
        .isEqualTo(2);
    assertThat(busy.value("diferido_queue_jobs", "procedure", "PUBLIC.P")).isEqualTo(1);
    assertThat(busy.value("diferido_node_info", "node", "node-a")).isEqualTo(1);
    assertThat(busy.value("diferido_heartbeat_age_seconds")).isZero();
  }

  @Test
  void itTellsWhoWaits() {
    node.submit("a");
    await().until(() -> node.calls.all().size() == 1);
    Job job = node.calls.all().iterator().next();
    int most = settings.limits().waiting();
    JobFeed.Listening stream = feed.to(job, SteppedNode.ANA, new Ear(true));
    for (int at = 1; at < most; at++) {
      feed.to(job, SteppedNode.ANA, new Ear(false));
    }
    assertThatThrownBy(() -> feed.to(job, SteppedNode.ANA, new Ear(false)))
        .isInstanceOf(FailureException.class);
    MeterText full = scraped(Scrape.Format.TEXT);
    assertThat(full.value("diferido_waiting", "kind", "stream")).isEqualTo(1);
    assertThat(full.value("diferido_waiting", "kind", "request")).isEqualTo(most - 1);
    assertThat(full.value("diferido_waiting_caller_largest")).isEqualTo(most);
    assertThat(full.value("diferido_waiting_caller_limit")).isEqualTo(most);
    assertThat(full.value("diferido_waiting_refused_total")).isEqualTo(1);
    stream.end();
    // What nobody holds is not counted any more.
    System.gc();
    MeterText after = scraped(Scrape.Format.TEXT);
    assertThat(after.value("diferido_waiting", "kind", "stream")).isZero();
    assertThat(after.value("diferido_waiting_caller_largest")).isEqualTo(most - 1);
    feed.to(job, SteppedNode.ANA, new Ear(true));
    assertThatThrownBy(() -> feed.toJobsOf(SteppedNode.ANA, new Ear(true)))
        .isInstanceOf(FailureException.class);
    assertThat(scraped(Scrape.Format.TEXT).value("diferido_waiting_refused_total")).isEqualTo(2);
  }

  /** Somebody else each time. */
  private static final class Ear implements JobListener {

    private final boolean stream;

    Ear(boolean stream) {
      this.stream = stream;
    }

    @Override
    public boolean isStream() {
      return stream;
    }

    @Override
    public void changed(Job job, boolean moved) {}

    @Override
    public void closed() {}
  }

  private static Set<String> ours(MeterText text) {
    return text.names().stream()
        .filter(name -> name.startsWith("diferido_"))
        .collect(Collectors.toSet());
  }

  @Test
  void bothFormatsTellTheSame() {
    node.submit("a");
    await().until(() -> node.calls.all().size() == 1);
    MeterText text = scraped(Scrape.Format.TEXT);
    MeterText open = scraped(Scrape.Format.OPEN_METRICS);
    // What the JVM tells may be more a moment later.
    assertThat(ours(open)).isEqualTo(ours(text)).hasSizeGreaterThan(15);
    assertThat(open.value("diferido_jobs_accepted_total", "procedure", "PUBLIC.P")).isEqualTo(1);
    assertThat(open.types()).containsEntry("diferido_jobs_accepted", "counter");
    assertThat(text.types()).containsEntry("diferido_jobs_accepted_total", "counter");
  }
}
