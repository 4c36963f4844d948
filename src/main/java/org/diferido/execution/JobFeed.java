package org.diferido.execution;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.security.Caller;

/**
 * Tells those who wait for jobs that they have changed. Nobody who waits has a thread or a
 * connection: while anybody does, the node looks twice a second at the jobs that it cannot tell of
 * by itself, all of them together; what happens on this node is told at once. Without anybody it
 * does nothing.
 */
@Singleton
public class JobFeed {

  private static final Logger LOG = System.getLogger(JobFeed.class.getName());

  private static final Duration MOMENT = Duration.ofMillis(250);

  /** The registry is looked at in each second moment. */
  private static final int LOOK = 2;

  private final JobTopics one;
  private final OwnerTopics many;
  private final WaitingLimits limits;
  private final HandOver answers;
  private final Executor executor;
  private final Consumer<Runnable> afterAMoment;

  /** Who has it tells; so what is told comes in order. */
  private final ReentrantLock turn = new ReentrantLock();

  private final Set<JobListener> listeners = ConcurrentHashMap.newKeySet();
  private final Set<JobId> nudged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final AtomicBoolean nudging = new AtomicBoolean();
  private int moments;
  private volatile boolean closed;

  /** Ends with whoever listens. */
  public interface Listening {
    void end();
  }

  @Inject
  public JobFeed(
      JobRegistry registry,
      JobLookup jobs,
      RunningCalls calls,
      ServiceSettings settings,
      Clock clock,
      ManagedExecutorService executor,
      ManagedScheduledExecutorService scheduler) {
    this(
        registry,
        jobs,
        calls,
        settings,
        clock,
        (Executor) executor,
        task -> {
          @SuppressWarnings("UnusedVariable") // it is not waited for, and begins again by itself
          Future<?> moment = scheduler.schedule(task, MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  /**
   * For any executor.
   *
   * @param afterAMoment does something once, some time later, on a thread that must not be kept
   */
  JobFeed(
      JobRegistry registry,
      JobLookup jobs,
      RunningCalls calls,
      ServiceSettings settings,
      Clock clock,
      Executor executor,
      Consumer<Runnable> afterAMoment) {
    this.one = new JobTopics(registry, jobs, calls);
    this.many = new OwnerTopics(registry, jobs, calls, clock);
    this.limits = new WaitingLimits(settings.limits().waiting());
    this.answers = new HandOver(executor);
    this.executor = executor;
    this.afterAMoment = afterAMoment;
    calls.whenMoved(this::nudge);
  }

  /**
   * Listens to one job.
   *
   * @param told the job as the listener knows it; what has happened since is told
   * @throws FailureException TOO_MANY_WAITING
   */
  public Listening to(Job told, Caller caller, JobListener listener) {
    begin(caller, listener);
    Runnable leave = one.add(told, listener);
    return listening(caller, listener, leave);
  }

  /**
   * Listens to all jobs of a caller, or to everybody's for who may see them: from here on.
   *
   * @throws FailureException TOO_MANY_WAITING, REGISTRY_UNAVAILABLE
   */
  public Listening toJobsOf(Caller caller, JobListener listener) {
    begin(caller, listener);
    turn.lock();
    try {
      Runnable leave = many.add(caller.seesAllJobs() ? null : caller.name(), listener);
      return listening(caller, listener, leave);
    } catch (RuntimeException | Error e) {
      listeners.remove(listener);
      limits.giveBack(caller.name());
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void begin(Caller caller, JobListener listener) {
    limits.take(caller.name());
    listeners.add(listener);
  }

  private Listening listening(Caller caller, JobListener listener, Runnable leave) {
    AtomicBoolean ended = new AtomicBoolean();
    Listening listening =
        () -> {
          if (!ended.getAndSet(true)) {
            leave.run();
            listeners.remove(listener);
            limits.giveBack(caller.name());
          }
        };
    if (closed) {
      listening.end();
      guarded(listener, JobListener::closed);
    } else {
      tickLater();
    }
    return listening;
  }

  /** Answers somebody who need not listen any more, elsewhere: he may read slowly. */
  void answer(Runnable answer) {
    answers.add(answer);
    tickLater();
  }

  /** How many listen at this moment. */
  public int size() {
    return listeners.size();
  }

  /** How many of them are streams. */
  public int streams() {
    return (int) listeners.stream().filter(JobListener::isStream).count();
  }

  /** How many each caller may have of them, and has. */
  public WaitingLimits limits() {
    return limits;
  }

  /** Something has happened to a job on this node. */
  private void nudge(JobId id) {
    if (listeners.isEmpty() || !(one.has(id) || many.isAnybody())) {
      return;
    }
    nudged.add(id);
    if (!nudging.getAndSet(true)) {
      try {
        executor.execute(this::lookAtNudged);
      } catch (RuntimeException | Error e) {
        // They are looked at with all others.
        nudging.set(false);
        LOG.log(Level.DEBUG, "no thread to tell of a job at once", e);
      }
    }
  }

  private void lookAtNudged() {
    nudging.set(false);
    turn.lock();
    try {
      Set<JobId> ids = Set.copyOf(nudged);
      nudged.removeAll(ids);
      looked(() -> one.look(ids));
      looked(() -> many.look(ids));
    } finally {
      turn.unlock();
    }
  }

  private void tickLater() {
    boolean isAnybody = !listeners.isEmpty() || !answers.isIdle();
    if (isAnybody && !closed && !ticking.getAndSet(true)) {
      try {
        afterAMoment.accept(this::tickElsewhere);
      } catch (RuntimeException | Error e) {
        ticking.set(false);
        LOG.log(Level.WARNING, "those who wait for jobs are told late", e);
      }
    }
  }

  private void tickElsewhere() {
    try {
      executor.execute(this::tick);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "no thread to tell of jobs", e);
      ticking.set(false);
      tickLater();
    }
  }

  /** A moment has gone by. */
  void tick() {
    answers.moment();
    turn.lock();
    try {
      moments++;
      if (moments % LOOK == 0) {
        looked(one::look);
        looked(many::look);
      }
      listeners.forEach(listener -> guarded(listener, JobListener::moment));
    } finally {
      turn.unlock();
      ticking.set(false);
      tickLater();
    }
  }

  /** With the registry away nothing is told; who waits is told once it is there again. */
  private static void looked(Runnable look) {
    try {
      look.run();
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "jobs that are waited for cannot be looked at", e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "unforeseen", e);
    }
  }

  static void guarded(JobListener listener, Consumer<JobListener> told) {
    try {
      told.accept(listener);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "somebody who waits cannot be told", e);
    }
  }

  /** The node stops: everybody is told so, and nobody listens any more. */
  void close() {
    closed = true;
    turn.lock();
    try {
      listeners.forEach(listener -> guarded(listener, JobListener::closed));
    } finally {
      turn.unlock();
    }
  }
}
