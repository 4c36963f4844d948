package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;
import org.diferido.procedure.BoundCall;
import org.jspecify.annotations.Nullable;

/** The door of the registry: a job goes straight to a free worker, or into the bounded queue. */
@Singleton
public class JobAdmission {

  private static final Logger LOG = System.getLogger(JobAdmission.class.getName());

  /** A job that is found later than this was not on its way any more. */
  static final Duration LONGEST_ON_ITS_WAY = Duration.ofSeconds(90);

  /** For so long other nodes may queue unseen. */
  private static final Duration COUNT_HOLDS = Duration.ofSeconds(1);

  private final JobRegistry registry;
  private final WorkerPool pool;
  private final Node node;
  private final Clock clock;
  private final int capacity;

  private final ReentrantLock counting = new ReentrantLock();

  /** How many more this node may queue by its last count; guarded by the lock. */
  private long room;

  private Instant countedUntil = Instant.MIN;

  /** How many this node is adding at this moment. */
  private final AtomicInteger underway = new AtomicInteger();

  /** Refused jobs that may nevertheless be in the registry, since its answer was lost. */
  private final Map<JobId, Doubt> doubtful = new ConcurrentHashMap<>();

  /**
   * A job that may be in the registry.
   *
   * @param again when it is looked for once more, if it was not found at first; null before that
   */
  private record Doubt(Job job, @Nullable Instant again) {}

  @Inject
  public JobAdmission(
      JobRegistry registry, WorkerPool pool, ServiceSettings settings, Node node, Clock clock) {
    this.registry = registry;
    this.pool = pool;
    this.node = node;
    this.clock = clock;
    this.capacity = settings.queueCapacity();
  }

  /**
   * Lets a checked job in.
   *
   * @return the job as it was added, claimed or queued; empty when there is one with its key
   * @throws FailureException QUEUE_FULL, SHUTTING_DOWN, REGISTRY_UNAVAILABLE; then it is not in, or
   *     is known by its key when that comes again
   */
  Optional<Job> admit(Job job, BoundCall checked) {
    if (pool.isStopped()) {
      throw Failure.of(FailureCode.SHUTTING_DOWN).toException();
    }
    return pool.reserve(job) ? start(job, checked) : queue(job);
  }

  private Optional<Job> start(Job job, BoundCall checked) {
    Job claimed = job.claimedBy(node.name(), clock.instant());
    boolean added = false;
    try {
      added = add(claimed);
    } finally {
      if (!added) {
        pool.release(job);
      }
    }
    if (added) {
      pool.start(claimed, checked);
    }
    return added ? Optional.of(claimed) : Optional.empty();
  }

  private Optional<Job> queue(Job job) {
    takeRoom();
    boolean added;
    try {
      added = add(job);
    } finally {
      underway.decrementAndGet();
    }
    if (added) {
      pool.queued();
    }
    return added ? Optional.of(job) : Optional.empty();
  }

  /** The queue is counted now and then, and when there seems to be no room; not for each job. */
  private void takeRoom() {
    counting.lock();
    try {
      Instant now = clock.instant();
      if (room <= 0 || !now.isBefore(countedUntil)) {
        // Those that are being added may or may not be counted: twice is better than not at all.
        room = capacity - underway.get() - registry.queued();
        countedUntil = now.plus(COUNT_HOLDS);
      }
      if (room <= 0) {
        throw Failure.of(FailureCode.QUEUE_FULL, capacity).toException();
      }
      room--;
      underway.incrementAndGet();
    } finally {
      counting.unlock();
    }
  }

  private boolean add(Job job) {
    try {
      return registry.add(job);
    } catch (RuntimeException | Error e) {
      doubtful.put(job.id(), new Doubt(job, null));
      pool.suspectStrays();
      throw e;
    }
  }

  /**
   * Takes back out what the caller was told is not in. A queued one that another node has started
   * meanwhile stays: it tells its own end. One with a key stays as well, since whoever sends it
   * again means this very job; it has only to be started.
   */
  void settleDoubts() {
    Instant now = clock.instant();
    for (Doubt doubt : Map.copyOf(doubtful).values()) {
      if (doubt.again() != null && now.isBefore(doubt.again())) {
        continue;
      }
      Job job = doubt.job();
      Optional<Job> found = registry.find(job.id());
      found
          .filter(kept -> kept.status() == job.status() || kept.status() == JobStatus.QUEUED)
          .filter(kept -> kept.state().heldBy().equals(job.state().heldBy()))
          .ifPresent(kept -> settle(job, kept));
      if (found.isEmpty() && doubt.again() == null) {
        // The statement may still be on its way.
        doubtful.put(job.id(), new Doubt(job, now.plus(LONGEST_ON_ITS_WAY)));
      } else {
        doubtful.remove(job.id());
      }
    }
  }

  private void settle(Job doubt, Job kept) {
    if (doubt.terms().key() == null) {
      if (registry.remove(kept)) {
        LOG.log(Level.WARNING, "job {0}, never accepted, taken out", kept.id());
      }
    } else if (kept.status().isHeld() && registry.replace(doubt, doubt.unclaimed(null))) {
      LOG.log(Level.INFO, "job {0} is in by its key, and waits", kept.id());
      pool.queued();
    }
  }
}
