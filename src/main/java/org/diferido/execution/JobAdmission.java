package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.BoundCall;
import org.jspecify.annotations.Nullable;

/** The door of the registry: a job goes straight to a free worker, or into the bounded queue. */
@Singleton
public class JobAdmission {

  private static final Logger LOG = System.getLogger(JobAdmission.class.getName());

  /** A job that is found later than this was not on its way any more. */
  static final Duration LONGEST_ON_ITS_WAY = Duration.ofSeconds(90);

  private final JobRegistry registry;
  private final WorkerPool pool;
  private final JobEvents events;
  private final Node node;
  private final Clock clock;
  private final SteadyClock steady;
  private final QueueRoom room;

  /** Refused jobs that may nevertheless be in the registry, since its answer was lost. */
  private final Map<JobId, Doubt> doubtful = new ConcurrentHashMap<>();

  /**
   * A job that may be in the registry.
   *
   * @param again when it is looked for once more, if it was not found at first; null before that
   */
  private record Doubt(Job job, @Nullable Duration again) {}

  @Inject
  public JobAdmission(
      JobRegistry registry,
      WorkerPool pool,
      JobEvents events,
      ServiceSettings settings,
      Node node,
      Clock clock,
      SteadyClock steady) {
    this.registry = registry;
    this.pool = pool;
    this.events = events;
    this.node = node;
    this.clock = clock;
    this.steady = steady;
    this.room =
        new QueueRoom(
            settings.queueCapacity(), settings.limits().queued(), registry::queuedByOwner, steady);
  }

  /**
   * Lets a checked job in.
   *
   * @return the job as it was added, claimed or queued; empty when there is one with its key
   * @throws FailureException QUEUE_FULL, TOO_MANY_QUEUED, SHUTTING_DOWN, REGISTRY_UNAVAILABLE; then
   *     it is not in, or is known by its key when that comes again
   */
  Optional<Job> admit(Job job, BoundCall checked) {
    if (pool.isStopped()) {
      throw Failure.of(FailureCode.SHUTTING_DOWN).toException();
    }
    Optional<Job> admitted = pool.reserve(job) ? start(job, checked) : queue(job);
    admitted.ifPresent(events::accepted);
    return admitted;
  }

  private Optional<Job> start(Job job, BoundCall checked) {
    Job claimed = job.claimedBy(node.name(), clock.instant());
    boolean added = false;
    // Before it is in: from then on somebody may ask it to stop.
    pool.expect(claimed);
    try {
      added = add(claimed);
    } finally {
      if (!added) {
        pool.drop(claimed);
      }
    }
    if (added) {
      pool.start(claimed, checked);
    }
    return added ? Optional.of(claimed) : Optional.empty();
  }

  private Optional<Job> queue(Job job) {
    room.take(job.owner());
    boolean added;
    try {
      added = add(job);
    } finally {
      room.settled(job.owner());
    }
    if (added) {
      pool.queued();
    }
    return added ? Optional.of(job) : Optional.empty();
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

  /** Whether a job may be in the registry of which the caller was told that it is not. */
  boolean isDoubtful(JobId id) {
    return doubtful.containsKey(id);
  }

  /**
   * Takes back out what the caller was told is not in. A queued one that another node has started
   * meanwhile stays: it tells its own end. One with a key stays as well, since whoever sends it
   * again means this very job; it has only to be started.
   */
  void settleDoubts() {
    for (Doubt doubt : Map.copyOf(doubtful).values()) {
      if (doubt.again() != null && !steady.hasReached(doubt.again())) {
        continue;
      }
      Job job = doubt.job();
      Optional<Job> found = registry.find(job.id());
      found.filter(kept -> isUntouched(kept, job)).ifPresent(kept -> settle(job, kept));
      if (found.isEmpty() && doubt.again() == null) {
        // The statement may still be on its way.
        doubtful.put(job.id(), new Doubt(job, steady.reading().plus(LONGEST_ON_ITS_WAY)));
      } else {
        doubtful.remove(job.id());
      }
    }
  }

  /** As it was to be added, or waiting without ever having been begun. */
  private static boolean isUntouched(Job kept, Job added) {
    return (kept.status() == added.status() && kept.state().heldBy().equals(added.state().heldBy()))
        || (kept.status() == JobStatus.QUEUED && kept.history().isEmpty());
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
