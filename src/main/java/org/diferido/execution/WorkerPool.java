package org.diferido.execution;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
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

  private final JobRegistry registry;
  private final JobExecution execution;
  private final Executor executor;
  private final Node node;
  private final Clock clock;
  private final Semaphore free;

  /** How often somebody asked to claim since the claiming began; 0 when nobody is claiming. */
  private final AtomicInteger wakes = new AtomicInteger();

  /** Whether older jobs may be waiting; then new ones have to queue behind them. */
  private volatile String trouble = "";

  private volatile boolean backlog = true;

  private volatile boolean stopped;

  @Inject
  public WorkerPool(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      ManagedExecutorService executor,
      ServiceSettings settings,
      Node node,
      Clock clock) {
    this(registry, gateway, calls, (Executor) executor, settings, node, clock);
  }

  /** For any executor. */
  WorkerPool(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      Executor executor,
      ServiceSettings settings,
      Node node,
      Clock clock) {
    this.registry = registry;
    this.execution = new JobExecution(registry, gateway, calls, settings.secrets(), clock);
    this.executor = executor;
    this.node = node;
    this.clock = clock;
    this.free = new Semaphore(settings.workers());
  }

  /** Takes a free worker, unless older jobs may be waiting for it. */
  boolean reserve() {
    return !stopped && !backlog && free.tryAcquire();
  }

  /** Gives a reserved worker back unused. */
  void release() {
    free.release();
    if (backlog) {
      wake();
    }
  }

  /** Starts a job that this node has claimed, on a reserved worker. */
  void start(Job job, @Nullable BoundCall checked) {
    try {
      executor.execute(() -> work(job, checked));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, () -> "job " + job.id() + " found no executor and was not run", e);
      try {
        registry.replace(job, job.failed(Failure.of(FailureCode.SHUTTING_DOWN), clock.instant()));
      } finally {
        free.release();
      }
    }
  }

  private void work(Job job, @Nullable BoundCall checked) {
    try {
      execution.run(job, checked);
    } finally {
      release();
    }
  }

  /** Tells that a job was queued. */
  void queued() {
    backlog = true;
    wake();
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

  private void claim() {
    int workers = stopped ? 0 : free.drainPermits();
    if (workers == 0) {
      return;
    }
    List<Job> claimed = List.of();
    backlog = false;
    try {
      claimed = registry.claim(node.name(), workers, clock.instant());
      if (claimed.size() == workers) {
        backlog = true;
      }
    } catch (RuntimeException | Error e) {
      backlog = true;
      throw e;
    } finally {
      free.release(workers - claimed.size());
    }
    for (Job job : claimed) {
      try {
        start(job, null);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, () -> "job " + job.id() + " could not be started", e);
      }
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** No job is started from here on; those running go on. */
  void stop() {
    stopped = true;
  }
}
