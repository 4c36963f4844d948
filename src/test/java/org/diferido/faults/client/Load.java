package org.diferido.faults.client;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.diferido.faults.cluster.Cluster;

/** Many clients at once, each with its own sequence of choices. */
public final class Load implements AutoCloseable {

  private static final int CLIENTS = 24;
  private static final int PERCENT = 100;
  private static final int TWICE_AT_ONCE = 10;
  private static final int ONCE_MORE = 5;
  private static final int CANCELLED = 10;
  private static final int READ = 20;

  private final Cluster cluster;
  private final Ledger ledger;
  private final Pace pace;
  private final long seed;
  private final boolean onlyGood;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> clients = new ArrayList<>();

  private Load(Cluster cluster, Ledger ledger, Pace pace, long seed, boolean onlyGood) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.pace = pace;
    this.seed = seed;
    this.onlyGood = onlyGood;
  }

  /** Work of all kinds, and cancels. */
  public static Load ofAllKinds(Cluster cluster, Ledger ledger, Pace pace, long seed) {
    return new Load(cluster, ledger, pace, seed, false);
  }

  /** Work that is short and succeeds, and no cancels. */
  public static Load ofGoodWork(Cluster cluster, Ledger ledger, Pace pace, long seed) {
    return new Load(cluster, ledger, pace, seed, true);
  }

  public void start() {
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seed + i);
      clients.add(
          threads.submit(
              () -> {
                work(random);
                return null;
              }));
    }
  }

  /** Waits until all work was submitted. */
  public void await() throws InterruptedException, ExecutionException {
    for (Future<?> client : clients) {
      client.get();
    }
  }

  private void work(Random random) throws InterruptedException, ExecutionException {
    SubmittingClient client = new SubmittingClient(cluster, ledger, random);
    for (OptionalInt next = pace.next(); next.isPresent(); next = pace.next()) {
      // What a piece is like depends on the seed and its number alone.
      Random own = new Random(seed * 31 + next.getAsInt());
      String key = (onlyGood ? "g" : "k") + next.getAsInt();
      Submitted what = ledger.begin(onlyGood ? Work.good(key, own) : Work.any(key, own));
      if (hits(own, TWICE_AT_ONCE)) {
        SubmittingClient other = new SubmittingClient(cluster, ledger, new Random(own.nextLong()));
        Future<?> twin =
            threads.submit(
                () -> {
                  other.submit(what);
                  return null;
                });
        client.submit(what);
        twin.get();
      } else {
        client.submit(what);
      }
      if (isToBeCancelled(what.work(), own)) {
        TimeUnit.MILLISECONDS.sleep(own.nextInt(1500));
        client.cancel(what);
      }
      if (hits(own, ONCE_MORE)) {
        client.submit(what);
      }
      if (hits(own, READ)) {
        client.read(ledger.any(own));
      }
    }
  }

  private boolean isToBeCancelled(Work work, Random own) {
    boolean cancelled = hits(own, CANCELLED) || (work.kind() == WorkKind.LONG && own.nextBoolean());
    return cancelled && !onlyGood;
  }

  private static boolean hits(Random random, int percent) {
    return random.nextInt(PERCENT) < percent;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
