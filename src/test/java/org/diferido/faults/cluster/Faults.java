package org.diferido.faults.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.diferido.faults.cluster.DatabaseServer.Stop;

/** Has one fault happen and puts the cluster back. How long it lasts is part of the load. */
final class Faults {

  private static final int ENOUGH_REFUSALS = 10;

  private final Cluster cluster;
  private final Refusals refusals;
  private final Random random;

  Faults(Cluster cluster, Refusals refusals, Random random) {
    this.cluster = cluster;
    this.refusals = refusals;
    this.random = random;
  }

  /** Has it happen, and gives back what there is to tell of it; empty if nothing. */
  String happen(FaultKind kind, ClusterNode node) throws IOException, InterruptedException {
    switch (kind) {
      case KILL -> {
        node.kill();
        node.start();
      }
      case ORDERLY_STOP -> {
        boolean ended = node.stop();
        node.start();
        return ended ? "" : NOT_STOPPED;
      }
      // The silence is 20 s, and the other node looks every 10 s: some are judged, some wake
      // up while they are.
      case LONG_PAUSE -> paused(node, 22_000, 36_000);
      case SHORT_PAUSE -> paused(node, 500, 8_000);
      case FAST_RESTART -> restarted(Stop.FAST, 0, 1_500);
      case IMMEDIATE_RESTART -> restarted(Stop.IMMEDIATE, 0, 1_500);
      case AWAY -> restarted(Stop.FAST, 50_000, 65_000);
      case NO_SPACE -> {
        return refused();
      }
    }
    return "";
  }

  /** What is told of a node that had to be killed. */
  static final String NOT_STOPPED = "did not stop within a minute";

  private void paused(ClusterNode node, int from, int to) throws IOException, InterruptedException {
    node.pause();
    try {
      sleep(from, to);
    } finally {
      node.resume();
    }
  }

  private void restarted(Stop how, int from, int to) throws IOException, InterruptedException {
    DatabaseServer database = cluster.databases().get(random.nextInt(cluster.databases().size()));
    database.stop(how);
    try {
      sleep(from, to);
    } finally {
      database.start();
    }
  }

  private String refused() {
    int before = refusals.counted();
    refusals.begin();
    try {
      await("refusals of the registry")
          .atMost(Duration.ofMinutes(2))
          .until(() -> refusals.counted() - before >= ENOUGH_REFUSALS);
    } finally {
      refusals.end();
    }
    return refusals.counted() - before + " writes refused";
  }

  private void sleep(int from, int to) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(from, to));
  }
}
