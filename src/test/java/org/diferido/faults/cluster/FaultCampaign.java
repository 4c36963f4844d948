package org.diferido.faults.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** All faults of a plan, at random moments, on both nodes and the databases at the same time. */
public final class FaultCampaign implements AutoCloseable {

  /** How long one fault takes, with the pause before it, before one has been seen. */
  private static final double GUESSED_SECONDS = 14;

  /**
   * Something that happened.
   *
   * @param told what there is to tell of it
   */
  public record Happened(Duration at, Duration took, String where, FaultKind kind, String told) {

    /** A node that was told to stop and had to be killed. */
    public boolean isNotStopped() {
      return told.equals(Faults.NOT_STOPPED);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%6.1f s  %-9s %-17s %5.1f s  %s",
          at.toMillis() / 1000.0,
          where,
          kind,
          took.toMillis() / 1000.0,
          told);
    }
  }

  private final Cluster cluster;
  private final FaultPlan plan;
  private final long seed;
  private final Refusals refusals;
  private final long begin = System.nanoTime();
  private final List<Happened> happened = new ArrayList<>();
  private final List<Future<?>> lanes = new ArrayList<>();
  private final int[] left;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public FaultCampaign(Cluster cluster, FaultPlan plan, long seed) {
    this.cluster = cluster;
    this.plan = plan;
    this.seed = seed;
    this.refusals = new Refusals(cluster.registry().source());
    this.left = plan.lanes().stream().mapToInt(List::size).toArray();
  }

  public void start() {
    for (int i = 0; i < plan.lanes().size(); i++) {
      int lane = i;
      lanes.add(
          threads.submit(
              () -> {
                run(lane);
                return null;
              }));
    }
  }

  /** Waits for the last fault to be over. */
  public void await() throws InterruptedException, ExecutionException {
    for (Future<?> lane : lanes) {
      lane.get();
    }
  }

  /** How long it will go on, by what the faults took so far; 0 when it is over. */
  public int secondsLeft() {
    synchronized (happened) {
      int most = 0;
      for (int i = 0; i < left.length; i++) {
        int done = plan.lanes().get(i).size() - left[i];
        double each = (since().toMillis() / 1000.0 + 3 * GUESSED_SECONDS) / (done + 3);
        most = Math.max(most, (int) Math.ceil(left[i] * each));
      }
      return most;
    }
  }

  public List<Happened> happened() {
    synchronized (happened) {
      return List.copyOf(happened);
    }
  }

  /** How often each kind has happened. */
  public Map<FaultKind, Integer> counts() {
    Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    happened().forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
    return counts;
  }

  private void run(int lane) throws Exception {
    Random random = new Random(seed + lane);
    Faults faults = new Faults(cluster, refusals, random);
    boolean ofNode = lane < cluster.nodes().size();
    ClusterNode node = cluster.nodes().get(ofNode ? lane : 0);
    for (FaultKind kind : plan.lanes().get(lane)) {
      // The moment is as random as the fault: the cluster works for a while in between.
      TimeUnit.MILLISECONDS.sleep(random.nextInt(500, 5000));
      Duration at = since();
      String told = faults.happen(kind, node);
      String where = ofNode ? "node " + node : "database";
      synchronized (happened) {
        happened.add(new Happened(at, since().minus(at), where, kind, told));
        left[lane]--;
      }
    }
  }

  private Duration since() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
