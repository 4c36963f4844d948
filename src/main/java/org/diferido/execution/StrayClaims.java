package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
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
  private final Node node;
  private final Clock clock;
  private final Map<JobId, Instant> seen = new HashMap<>();
  private volatile Instant suspectUntil = Instant.MIN;

  StrayClaims(JobRegistry registry, RunningCalls calls, Node node, Clock clock) {
    this.registry = registry;
    this.calls = calls;
    this.node = node;
    this.clock = clock;
  }

  /** Something went wrong by which a claim may have been left without a worker. */
  void suspect() {
    suspectUntil = clock.instant().plus(SUSPICION);
  }

  /**
   * Looks once.
   *
   * @return whether a job waits again
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  synchronized boolean look() {
    Instant now = clock.instant();
    if (seen.isEmpty() && now.isAfter(suspectUntil)) {
      return false;
    }
    List<Job> astray =
        registry.heldBy(node.name()).stream().filter(job -> !calls.isExpected(job.id())).toList();
    seen.keySet().retainAll(astray.stream().map(Job::id).toList());
    boolean waiting = false;
    for (Job job : astray) {
      Instant since = seen.computeIfAbsent(job.id(), first -> now);
      if (!now.isBefore(since.plus(PATIENCE)) && !calls.isExpected(job.id())) {
        waiting |= settle(job, now);
      }
    }
    return waiting;
  }

  private boolean settle(Job job, Instant now) {
    Stop stop = job.stop();
    Job next =
        stop == null || stop.reason() == Stop.Reason.SHUTDOWN
            ? job.unclaimed(null)
            : job.stopped(
                Stop.Step.NOT_STARTED, Failure.of(FailureCode.CANCELLED_UNSTARTED, stop.by()), now);
    boolean done = registry.replaceUnlessBusy(job, next);
    if (done) {
      LOG.log(
          Level.WARNING,
          "job {0} was this node''s, without a worker: it is {1}",
          job.id(),
          next.status().word());
    }
    return done && !next.status().isEnd();
  }
}
