package org.diferido.metrics;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.diferido.job.WaitingJobs;

/** All that is counted and measured, as it is when somebody asks. */
@Singleton
public class Scrape {

  /** What Prometheus reads. */
  public enum Format {
    /** Its own text format. */
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0.0. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  private final Meters meters;
  private final NodeMetrics node;
  private final QueueMetrics queue;

  /** Some meters are made anew for each scrape. */
  private final ReentrantLock turn = new ReentrantLock();

  @Inject
  public Scrape(Meters meters, NodeMetrics node, QueueMetrics queue, JvmMetrics jvm) {
    this.meters = meters;
    this.node = node;
    this.queue = queue;
    jvm.begin();
  }

  /** Everything, in one of the formats. */
  public byte[] in(Format format) {
    // Before its turn: it may take a moment.
    Optional<List<WaitingJobs>> waiting = queue.look();
    turn.lock();
    try {
      node.look();
      queue.tell(waiting);
      return meters.written(format.mediaType);
    } finally {
      turn.unlock();
    }
  }
}
