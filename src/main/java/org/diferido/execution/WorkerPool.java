package org.diferido.execution;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureGateway;
import org.jspecify.annotations.Nullable;

/**
 * The workers of this node: which are free, and what each runs next. A worker is a permit to run
 * one call on the container's executor; what has no worker waits in the registry, never in the
 * heap.
 *
 * <p>A job is started in one of two ways. With a free worker and nothing older waiting, whoever
 * accepts it {@linkplain #reserve reserves} the worker first, adds the job already claimed and
 * starts it: no poll is in the way. Otherwise it is queued, and {@link #wake} claims it as soon as
 * a worker is free.
 */
@Singleton
public class WorkerPool {

  private static final Logger LOG = System.getLogger(WorkerPool.class.getName());

  /** Calls that take less, on the average of late, are short. */
  private static final Duration SHORT = Duration.ofMillis(25);

  /** How long a free worker waits for others, if jobs wait and calls are short. */
  private static final Duration LINGER = Duration.ofMillis(20);

  /** And if they are not: then a worker that waits is lost more than a claim saves. */
  private static final Duration LINGER_BRIEFLY = Duration.ofMillis(1);

  /** Of the average, what the last call counts: one part of so many. */
  private static final int MEMORY = 16;

  /** Of the workers, how many need not wait for others. */
  private static final int ENOUGH_PERCENT = 75;

  private final JobRegistry registry;
  private final JobExecution execution;
  private final Executor executor;
  private final Consumer<Duration> pause;
  private final int enough;

  /** How long calls take of late, with the record of their end. */
  private final AtomicLong usualNanos = new AtomicLong();

  /** Whether a claim is to come in a moment. */
  private final AtomicBoolean lingers = new AtomicBoolean();

  private final Node node;
  private final Clock clock;
  private final RunningLimits limits;
  private final RunningCalls calls;
  private final StrayClaims strays;
  private final int workers;
  private final Semaphore free;

  /** How often somebody asked to claim since the claiming began; 0 when nobody is claiming. */
  private final AtomicInteger wakes = new AtomicInteger();

  /** What was last told of a claim that failed. */
  private volatile String trouble = "";

  /** Whether older jobs may be waiting; then new ones have to queue behind them. */
  private volatile boolean backlog = true;

  /** Whether jobs wait that may start once another has ended. */
  private volatile boolean heldBack;

  private volatile boolean stopped;

  /** Whether the others know this node: one that has never beaten counts as dead. */
  private volatile boolean known;

  /** Until when nothing is begun, since the database of the calls was away. */
  private volatile Instant restingUntil = Instant.MIN;

  @Inject
  public WorkerPool(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      ManagedExecutorService executor,
      ServiceSettings settings,
      Node node,
      Clock clock) {
    this(registry, gateway, calls, (Executor) executor, WorkerPool::parked, settings, node, clock);
  }

  private static void parked(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /**
   * For any executor.
   *
   * @param pause lets a moment go by
   */
  WorkerPool(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      Executor executor,
      Consumer<Duration> pause,
      ServiceSettings settings,
      Node node,
      Clock clock) {
    this.pause = pause;
    this.enough = Math.max(1, settings.workers() * ENOUGH_PERCENT / 100);
    this.registry = registry;
    this.execution =
        new JobExecution(registry, gateway, calls, settings.secrets(), settings.retries(), clock);
    this.executor = executor;
    this.node = node;
    this.clock = clock;
    this.calls = calls;
    this.strays = new StrayClaims(registry, calls, node, clock);
    this.limits =
        new RunningLimits(
            new OwnerShares(settings.limits().workers()),
            settings.limits().running(),
            settings.rules().limits());
    this.workers = settings.workers();
    this.free = new Semaphore(workers);
  }

  /**
   * Takes a free worker for a job, unless older jobs may be waiting for it, or the job has to be
   * counted with those of other nodes first.
   */
  boolean reserve(Job job) {
    if (stopped
        || !known
        || backlog
        || isResting()
        || limits.areAcrossNodes(job)
        || !limits.takeShare(job)) {
      return false;
    }
    if (free.tryAcquire()) {
      return true;
    }
    limits.giveBackShare(job);
    return false;
  }

  /** Gives back the worker that was reserved for a job. */
  void release(Job job) {
    limits.giveBackShare(job);
    free.release();
    // Who claims at this moment may not have seen this worker, and not yet say that more wait.
    if (wakes.get() > 0 || backlog || heldBack) {
      wakeSoon(Runnable::run);
    }
  }

  /** Starts a job that this node has claimed, on a reserved worker. */
  void start(Job job, @Nullable BoundCall checked) {
    calls.expect(job.id());
    try {
      executor.execute(() -> work(job, checked));
    } catch (RuntimeException | Error e) {
      // An Error as well, such as of a thread that cannot be had.
      LOG.log(Level.WARNING, () -> "job " + job.id() + " found no executor and waits again", e);
      strays.suspect();
      calls.expectNoMore(job.id());
      limits.giveBackShare(job);
      free.release();
    }
  }

  private void work(Job job, @Nullable BoundCall checked) {
    long begin = System.nanoTime();
    try {
      if (!execution.run(job, checked)) {
        // Else all that wait would be tried, one after the other.
        restingUntil = clock.instant().plus(CallEnds.UNAVAILABLE_PAUSE);
        backlog = true;
      }
    } finally {
      long took = System.nanoTime() - begin;
      usualNanos.updateAndGet(usual -> usual + (took - usual) / MEMORY);
      release(job);
    }
  }

  /** How long a free worker waits for others. */
  Duration linger() {
    return usualNanos.get() < SHORT.toNanos() ? LINGER : LINGER_BRIEFLY;
  }

  /** Tells that a job was queued. */
  void queued() {
    backlog = true;
    wakeSoon(executor);
  }

  /**
   * As {@link #wake}, for as many workers as possible at once: a claim costs a transaction, whether
   * it takes one job or all.
   *
   * @param waiting where to wait for others
   */
  private void wakeSoon(Executor waiting) {
    if (freeWorkers() >= enough) {
      lingers.set(false);
      wake();
    } else if (!lingers.getAndSet(true)) {
      try {
        waiting.execute(this::wakeAfterAll);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.DEBUG, "nobody can wait: claimed at once", e);
        lingers.set(false);
        wake();
      }
    }
  }

  private void wakeAfterAll() {
    pause.accept(linger());
    // Otherwise there were enough meanwhile.
    if (lingers.getAndSet(false)) {
      wake();
    }
  }

  /** Has free workers take what is queued. Whoever comes while somebody claims only leaves word. */
  void wake() {
    if (wakes.getAndIncrement() > 0) {
      return;
    }
    int seen;
    do {
      seen = wakes.get();
      try {
        claim();
        trouble = "";
      } catch (RuntimeException | Error e) {
        // Whatever it was, the next who wakes has to find the way free.
        tell(e);
      }
    } while (!wakes.compareAndSet(seen, 0));
  }

  /** Once, and again when it is something else: with the registry away it is asked for all day. */
  private void tell(Throwable e) {
    Level level = e.toString().equals(trouble) ? Level.DEBUG : Level.WARNING;
    trouble = e.toString();
    LOG.log(level, "no job could be claimed", e);
  }

  private boolean isResting() {
    return clock.instant().isBefore(restingUntil);
  }

  private void claim() {
    int idle = stopped || isResting() ? 0 : free.drainPermits();
    if (idle == 0) {
      return;
    }
    List<Job> claimed = List.of();
    RunningLimits.Claim policy = limits.claim();
    backlog = false;
    try {
      if (!known) {
        registry.beat(node.name());
        known = true;
      }
      ClaimPolicy.Claimed found = registry.claim(node.name(), idle, clock.instant(), policy);
      claimed = found.jobs();
      heldBack = found.heldBack();
      if (claimed.size() == idle) {
        backlog = true;
      }
    } catch (RuntimeException | Error e) {
      backlog = true;
      // It may have been done, and only its answer lost.
      strays.suspect();
      throw e;
    } finally {
      policy.settle(claimed);
      free.release(idle - claimed.size());
    }
    claimed.forEach(job -> start(job, null));
  }

  /** A claim of this node may be in the registry without a worker. */
  void suspectStrays() {
    strays.suspect();
  }

  /** Has those wait again that this node holds without a worker. */
  void settleStrays() {
    if (strays.look()) {
      queued();
    }
  }

  /** Whether no worker is at work, nor about to be. */
  boolean isIdle() {
    return freeWorkers() == workers;
  }

  int freeWorkers() {
    return free.availablePermits();
  }

  boolean isStopped() {
    return stopped;
  }

  /** No job is started from here on; those running go on. */
  void stop() {
    stopped = true;
  }
}
