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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;
import org.diferido.job.NodeNews;
import org.diferido.job.SteadyClock;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureGateway;
import org.jspecify.annotations.Nullable;

/**
 * Has the calls of this node stop that are to: those that somebody asked to, on whichever node, and
 * those that take longer than they may. The database is asked until it has answered; how a job ends
 * is decided by that answer alone.
 */
@Singleton
public class CallStops {

  private static final Logger LOG = System.getLogger(CallStops.class.getName());

  private final JobRegistry registry;
  private final ProcedureGateway gateway;
  private final RunningCalls calls;
  private final KnownJobs known;
  private final Executor executor;
  private final Duration escalation;
  private final Node node;
  private final Clock clock;
  private final SteadyClock steady;

  /** How often a call that goes on is asked to stop. */
  static final Duration AGAIN = Duration.ofSeconds(2);

  /** By job, what was done so far to have its call stop. */
  private final Map<JobId, Pressed> pressed = new ConcurrentHashMap<>();

  /** What this node has asked of its own and is to put on record. */
  private final Map<JobId, Unrecorded> unrecorded = new ConcurrentHashMap<>();

  /**
   * What was done to have a call stop; times are of the steady clock.
   *
   * @param claim by which the job was held
   * @param step when it was first asked to stop, or its session last told to end
   * @param told when the database last took a request; null before that
   */
  private record Pressed(Optional<JobState.Claim> claim, Duration step, @Nullable Duration told) {}

  private record Unrecorded(Job running, Job cancelling) {}

  /** Those whose sessions the database is being asked to end. */
  private final Set<JobId> ending = ConcurrentHashMap.newKeySet();

  @Inject
  public CallStops(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      KnownJobs known,
      ManagedExecutorService executor,
      ServiceSettings settings,
      Node node,
      Clock clock,
      SteadyClock steady) {
    this(registry, gateway, calls, known, (Executor) executor, settings, node, clock, steady);
  }

  /** For any executor. */
  CallStops(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      KnownJobs known,
      Executor executor,
      ServiceSettings settings,
      Node node,
      Clock clock,
      SteadyClock steady) {
    this.executor = executor;
    this.known = known;
    this.registry = registry;
    this.gateway = gateway;
    this.calls = calls;
    this.escalation = settings.stopping().escalation();
    this.node = node;
    this.clock = clock;
    this.steady = steady;
  }

  /** A stop is on record: if the call is on this node, it is asked at once. */
  void recorded(Job job) {
    Stop stop = job.stop();
    if (stop != null && calls.has(job.id())) {
      calls.asked(job.id(), stop);
      press(job, escalation);
    } else {
      // It may be about to be here, and would be told as if nothing had been asked.
      known.distrust();
    }
  }

  /**
   * Asks the database once to stop the calls that are to, those that take too long among them. Asks
   * nothing of the registry, which may take its time to answer.
   */
  void press() {
    pressed.keySet().removeIf(id -> !calls.has(id));
    unrecorded.keySet().removeIf(id -> !calls.has(id));
    calls.called().stream().filter(this::isOverdue).forEach(job -> ask(job, Stop.Reason.TIMEOUT));
    pressAll();
  }

  /**
   * Asks the registry once for calls that are to stop, and for other news, and puts on record what
   * this node has asked of its own. Costs a query, and none when no call is running and nobody asks
   * for jobs.
   */
  void hear() {
    if (calls.all().isEmpty() && !known.listens()) {
      return;
    }
    try {
      unrecorded.values().forEach(this::keep);
      Instant asked = clock.instant();
      long doubts = known.doubts();
      NodeNews news = registry.news(node.name());
      for (NodeNews.Hold hold : news.holds()) {
        if (hold.stop() != null) {
          calls.asked(hold.id(), hold.attempt(), hold.stop());
        }
      }
      known.hear(news, asked, doubts);
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "no news of calls that are to stop", e);
    }
    pressAll();
  }

  private void pressAll() {
    for (Job job : calls.called()) {
      if (job.status() == JobStatus.CANCELLING) {
        press(job, escalation);
      }
    }
  }

  private boolean isOverdue(Job job) {
    Duration most = job.terms().timeout();
    return most != null
        && job.status() == JobStatus.RUNNING
        && calls.time(job).compareTo(most) >= 0;
  }

  /**
   * Asks running calls to stop for a reason of this node's. That goes on record when the registry
   * is next {@linkplain #hear heard}.
   *
   * @param patience see {@link #press(Job, Duration)}
   */
  void ask(List<Job> running, Stop.Reason reason, Duration patience) {
    for (Job job : running) {
      ask(job, reason);
      press(job, patience);
    }
  }

  private void ask(Job job, Stop.Reason reason) {
    LOG.log(Level.INFO, "job {0} is asked to stop: {1}", job.id(), reason.word());
    Stop stop = Stop.asked(reason, node.name(), clock.instant());
    calls.asked(job.id(), stop);
    unrecorded.put(job.id(), new Unrecorded(job, job.cancelling(stop)));
  }

  /** Where the registry has it no more as this node knew it, there is nothing to record. */
  private void keep(Unrecorded asked) {
    JobId id = asked.running.id();
    if (registry.replaceUnlessBusy(asked.running, asked.cancelling)
        || registry.find(id).filter(kept -> isStill(kept, asked.running)).isEmpty()) {
      unrecorded.remove(id, asked);
    }
  }

  /** Its row was only busy. */
  private static boolean isStill(Job kept, Job running) {
    return kept.status() == JobStatus.RUNNING
        && kept.state().heldBy().equals(running.state().heldBy());
  }

  /**
   * Asks the database once to stop a call that is to: to cancel its statement, and after some time,
   * again and again, to end its session.
   *
   * @param patience how long to wait since the last step
   */
  void press(Job job, Duration patience) {
    Duration now = steady.reading();
    Pressed before = pressed.get(job.id());
    if (before == null || !before.claim.equals(job.state().heldBy())) {
      before = new Pressed(job.state().heldBy(), now, null);
    }
    Duration step = before.step;
    Duration told = before.told;
    if (now.compareTo(step.plus(patience)) >= 0) {
      step = now;
      endSession(job.id());
    } else if (told == null || now.compareTo(told.plus(AGAIN)) >= 0) {
      // What is asked before its statement is on its way may be lost; so it is asked again.
      told = gateway.cancel(job.id().hex()) ? now : told;
    }
    pressed.put(job.id(), new Pressed(before.claim, step, told));
  }

  /** Elsewhere: a database that does not answer must not keep other calls from being asked. */
  private void endSession(JobId id) {
    if (!ending.add(id)) {
      return;
    }
    try {
      executor.execute(() -> tellToEnd(id));
    } catch (RuntimeException | Error e) {
      ending.remove(id);
      LOG.log(Level.WARNING, () -> "the session of job " + id + " cannot be ended now", e);
    }
  }

  private void tellToEnd(JobId id) {
    try {
      if (gateway.terminate(id.hex())) {
        LOG.log(Level.WARNING, "job {0} did not react to its cancel: its session is ended", id);
      }
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "the session of job {0} cannot be ended now: {1}", id, e.getMessage());
    } finally {
      ending.remove(id);
    }
  }
}
