package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

/** The door of the registry: a job goes straight to a free worker, or into the bounded queue. */
@Singleton
public class JobAdmission {

  private static final Logger LOG = System.getLogger(JobAdmission.class.getName());

  private final JobRegistry registry;
  private final WorkerPool pool;
  private final Node node;
  private final Clock clock;
  private final int capacity;

  /** Held while a job is queued, so that the queue never grows over its capacity. */
  private final ReentrantLock queueing = new ReentrantLock();

  /** Refused jobs that may nevertheless be in the registry, since its answer was lost. */
  private final Map<JobId, JobStatus> doubtful = new ConcurrentHashMap<>();

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
   * @return the job as it was added, claimed or queued
   * @throws FailureException QUEUE_FULL, SHUTTING_DOWN, REGISTRY_UNAVAILABLE; then it is not in
   */
  Job admit(Job job, BoundCall checked) {
    if (pool.isStopped()) {
      throw Failure.of(FailureCode.SHUTTING_DOWN).toException();
    }
    return pool.reserve() ? start(job, checked) : queue(job);
  }

  private Job start(Job job, BoundCall checked) {
    Job claimed = job.claimedBy(node.name(), clock.instant());
    boolean added = false;
    try {
      add(claimed);
      added = true;
    } finally {
      if (!added) {
        pool.release();
      }
    }
    pool.start(claimed, checked);
    return claimed;
  }

  private Job queue(Job job) {
    queueing.lock();
    try {
      if (registry.queued() >= capacity) {
        throw Failure.of(FailureCode.QUEUE_FULL, capacity).toException();
      }
      add(job);
    } finally {
      queueing.unlock();
    }
    pool.queued();
    return job;
  }

  private void add(Job job) {
    try {
      registry.add(job);
    } catch (RuntimeException | Error e) {
      doubtful.put(job.id(), job.status());
      throw e;
    }
  }

  /**
   * Takes back out what the caller was told is not in. A queued one that another node has started
   * meanwhile stays: it tells its own end.
   */
  void settleDoubts() {
    for (Map.Entry<JobId, JobStatus> doubt : Map.copyOf(doubtful).entrySet()) {
      registry
          .find(doubt.getKey())
          .filter(kept -> kept.status() == doubt.getValue() || kept.status() == JobStatus.QUEUED)
          .filter(registry::remove)
          .ifPresent(
              kept -> LOG.log(Level.WARNING, "job {0}, never accepted, taken out", kept.id()));
      doubtful.remove(doubt.getKey());
    }
  }
}
