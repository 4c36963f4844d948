package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
import org.diferido.job.SteadyClock;
import org.diferido.job.Stop;

/**
 * Jobs that the registry says are this node's, and that no worker has: the answer to a claim was
 * lost, or a worker could not be had. Nobody has begun with them, so they wait again. The registry
 * is only asked for some time after something went wrong.
 */
final class StrayClaims {

  private static final Logger LOG = System.getLogger(StrayClaims.class.getName());

  /** Longer than a statement may be on its way whose answer nobody waits for any more. */
  static final Duration SUSPICION = Duration.ofMinutes(3);

  /** A claim that is just being handed to its worker is not astray. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final JobRegistry registry;
  private final RunningCalls calls;
  private final JobEvents events;
  private final Node node;
  private final Clock clock;
  private final SteadyClock steady;

  /** When each was first seen, by the steady clock, as all times here but those of ends. */
  private final Map<JobId, Duration> seen = new HashMap<>();

  private volatile Duration suspectUntil = Duration.ZERO;

  StrayClaims(
      JobRegistry registry,
      RunningCalls calls,
      JobEvents events,
      Node node,
      Clock clock,
      SteadyClock steady) {
    this.registry = registry;
    this.calls = calls;
    this.events = events;
    this.node = node;
    this.clock = clock;
    this.steady = steady;
  }

  /** Something went wrong by which a claim may have been left without a worker. */
  void suspect() {
    suspectUntil = steady.reading().plus(SUSPICION);
  }

  /**
   * Looks once.
   *
   * @param settledElsewhere jobs that were refused, and may be in the registry all the same
   * @return whether a job waits again
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  synchronized boolean look(Predicate<JobId> settledElsewhere) {
    Duration now = steady.reading();
    if (seen.isEmpty() && now.compareTo(suspectUntil) > 0) {
      return false;
    }
    List<Job> astray =
        registry.heldBy(node.name()).stream()
            .filter(job -> !calls.has(job.id()) && !settledElsewhere.test(job.id()))
            .toList();
    seen.keySet().retainAll(astray.stream().map(Job::id).toList());
    boolean waiting = false;
    for (Job job : astray) {
      Duration since = seen.computeIfAbsent(job.id(), first -> now);
      if (steady.hasReached(since.plus(PATIENCE)) && !calls.has(job.id())) {
        waiting |= settle(job, clock.instant());
      }
    }
    return waiting;
  }

  private boolean settle(Job job, Instant now) {
    Job next = next(job, now);
    boolean done = registry.replaceUnlessBusy(job, next);
    if (done) {
      LOG.log(
          Level.WARNING,
          "job {0} was this node''s, without a worker: it is {1}",
          job.id(),
          next.status().word());
      if (next.status().isEnd()) {
        events.ended(next);
      }
    }
    return done && !next.status().isEnd();
  }

  private static Job next(Job job, Instant now) {
    Stop stop = job.stop();
    if (stop != null && stop.reason() != Stop.Reason.SHUTDOWN) {
      Failure failure = Failure.of(FailureCode.CANCELLED_UNSTARTED, stop.by());
      return job.stopped(Stop.Step.NOT_STARTED, failure, now);
    }
    // The registry gives the values of secrets out only to whoever claims.
    return job.call().hasSecrets()
        ? job.failedUnbegun(Failure.of(FailureCode.SECRETS_NOT_KEPT), now)
        : job.unclaimed(null);
  }
}
