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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.result.ResultStore;
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

  private final JobRegistry registry;
  private final JobExecution execution;
  private final Executor executor;
  private final Node node;
  private final Clock clock;
  private final SteadyClock steady;
  private final RunningLimits limits;
  private final RunningCalls calls;
  private final JobEvents events;
  private final StrayClaims strays;
  private final int workers;
  private final Semaphore free;
  private final ClaimTiming timing;

  /** Whether older jobs may be waiting; then new ones have to queue behind them. */
  private volatile boolean backlog = true;

  /** Whether jobs wait that may start once another has ended. */
  private volatile boolean heldBack;

  private volatile boolean stopped;

  /** Whether the others know this node: one that has never beaten counts as dead. */
  private volatile boolean known;

  /** Until when nothing is begun, since the database of the calls was away. */
  private volatile Duration restingUntil = Duration.ZERO;

  @Inject
  public WorkerPool(
      JobRegistry registry,
      ResultStore results,
      ProcedureGateway gateway,
      RunningCalls calls,
      JobEvents events,
      ManagedExecutorService executor,
      ServiceSettings settings,
      Node node,
      Clock clock,
      SteadyClock steady) {
    this(
        registry,
        results,
        gateway,
        calls,
        events,
        new KeptThreads(executor, steady),
        ClaimTiming::parked,
        settings,
        node,
        clock,
        steady);
  }

  /**
   * For any executor.
   *
   * @param pause lets a moment go by
   */
  WorkerPool(
      JobRegistry registry,
      ResultStore results,
      ProcedureGateway gateway,
      RunningCalls calls,
      JobEvents events,
      Executor executor,
      Consumer<Duration> pause,
      ServiceSettings settings,
      Node node,
      Clock clock,
      SteadyClock steady) {
    this.registry = registry;
    this.execution =
        new JobExecution(
            registry,
            new LargeResults(results, registry, settings.resultBytes()),
            gateway,
            calls,
            settings.secrets(),
            settings.retries(),
            events,
            clock,
            () -> stopped);
    this.executor = executor;
    this.node = node;
    this.clock = clock;
    this.steady = steady;
    this.calls = calls;
    this.events = events;
    this.strays = new StrayClaims(registry, calls, events, node, clock, steady);
    this.limits =
        new RunningLimits(
            new OwnerShares(settings.limits().workers()),
            settings.limits().running(),
            settings.rules().limits());
    this.workers = settings.workers();
    this.free = new Semaphore(workers);
    this.timing = new ClaimTiming(this::claim, free::availablePermits, workers, pause);
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

  /** A job is about to be added for which a worker was reserved. */
  void expect(Job claimed) {
    calls.expect(claimed);
  }

  /** It was not added. */
  void drop(Job claimed) {
    calls.ended(claimed);
    release(claimed);
  }

  /** Gives back the worker that a job had. */
  private void release(Job job) {
    limits.giveBackShare(job);
    free.release();
    // Who claims at this moment may not have seen this worker, and not yet say that more wait.
    if (timing.isClaiming() || backlog || heldBack) {
      timing.soon();
    }
  }

  /** Starts an expected job that this node has claimed, on a reserved worker. */
  void start(Job job, @Nullable BoundCall checked) {
    try {
      executor.execute(() -> work(job, checked));
    } catch (RuntimeException | Error e) {
      // An Error as well, such as of a thread that cannot be had.
      LOG.log(Level.WARNING, () -> "job " + job.id() + " found no executor", e);
      calls.ended(job);
      putBack(job);
    }
  }

  /** A job that was claimed waits again, since it cannot be begun here. */
  private void putBack(Job job) {
    limits.giveBackShare(job);
    free.release();
    try {
      Instant notBefore = clock.instant().plus(CallEnds.UNAVAILABLE_PAUSE);
      if (registry.replaceUnlessBusy(job, job.unclaimed(notBefore))) {
        LOG.log(Level.WARNING, "job {0} cannot be begun here now, and waits again", job.id());
        backlog = true;
        return;
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, () -> "job " + job.id() + " cannot be put back now", e);
    }
    strays.suspect();
  }

  private void work(Job job, @Nullable BoundCall checked) {
    long begin = System.nanoTime();
    try {
      if (!execution.run(job, checked)) {
        // Else all that wait would be tried, one after the other.
        restingUntil = steady.reading().plus(CallEnds.UNAVAILABLE_PAUSE);
        backlog = true;
      }
    } finally {
      timing.took(Duration.ofNanos(System.nanoTime() - begin));
      release(job);
    }
  }

  /** Tells that a job was queued. */
  void queued() {
    backlog = true;
    timing.soon(executor);
  }

  /** Has free workers take what is queued. */
  void wake() {
    timing.now();
  }

  private boolean isResting() {
    return !steady.hasReached(restingUntil);
  }

  private void claim() {
    int idle = stopped || isResting() ? 0 : free.drainPermits();
    if (idle == 0) {
      return;
    }
    List<Job> claimed = List.of();
    ClaimPolicy.Claimed found;
    RunningLimits.Claim policy = limits.claim();
    backlog = false;
    try {
      if (!known) {
        registry.beat(node.name());
        known = true;
      }
      found = registry.claim(node.name(), idle, clock.instant(), policy);
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
    found.ended().forEach(events::ended);
    List<Job> expected = claimed.stream().filter(calls::expect).toList();
    expected.forEach(job -> start(job, null));
    // Last: it asks the registry.
    claimed.stream().filter(job -> !expected.contains(job)).forEach(this::putBack);
  }

  /** A claim of this node may be in the registry without a worker. */
  void suspectStrays() {
    strays.suspect();
  }

  /**
   * Has those wait again that this node holds without a worker.
   *
   * @param doubtful which of them {@link JobAdmission} settles
   */
  void settleStrays(Predicate<JobId> doubtful) {
    if (strays.look(doubtful)) {
      queued();
    }
  }

  /** Whether no worker is at work, nor about to be. */
  boolean isIdle() {
    return freeWorkers() == workers;
  }

  /** How many workers there are, free or not. */
  public int workers() {
    return workers;
  }

  public int freeWorkers() {
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
