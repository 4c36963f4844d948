package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;
import org.diferido.job.NodeNews;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureGateway;

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
  private final Duration escalation;
  private final Node node;
  private final Clock clock;

  /** When a call was first asked to stop, or its session last told to end. */
  private final Map<JobId, Instant> lastStep = new ConcurrentHashMap<>();

  @Inject
  public CallStops(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      KnownJobs known,
      ServiceSettings settings,
      Node node,
      Clock clock) {
    this.known = known;
    this.registry = registry;
    this.gateway = gateway;
    this.calls = calls;
    this.escalation = settings.stopping().escalation();
    this.node = node;
    this.clock = clock;
  }

  /** A stop is on record: if the call is on this node, it is asked at once. */
  void recorded(Job job) {
    if (job.stop() != null && calls.has(job.id())) {
      calls.asked(job.id(), job.stop());
      press(job.id(), escalation);
    }
  }

  /**
   * Looks once for calls that are to stop, and for other news. Costs a query, and none when no call
   * is running and nobody asks for jobs. What this node knows by itself does not wait for the
   * registry, which may take its time to answer.
   */
  void look() {
    List<Job> running = calls.all();
    lastStep.keySet().retainAll(running.stream().map(Job::id).toList());
    if (running.isEmpty() && !known.listens()) {
      return;
    }
    List<Job> overdue = running.stream().filter(this::isOverdue).toList();
    overdue.forEach(job -> calls.asked(job.id(), own(Stop.Reason.TIMEOUT)));
    pressAll();
    try {
      hear();
      pressAll();
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "no news of calls that are to stop", e);
    }
    overdue.stream()
        .filter(job -> job.status() == JobStatus.RUNNING)
        .forEach(job -> keep(job, Stop.Reason.TIMEOUT));
  }

  private void hear() {
    Instant asked = clock.instant();
    NodeNews news = registry.news(node.name());
    for (NodeNews.Hold hold : news.holds()) {
      if (hold.stop() != null) {
        calls.asked(hold.id(), hold.stop());
      }
    }
    known.hear(news, asked);
  }

  private void pressAll() {
    for (Job job : calls.all()) {
      if (job.status() == JobStatus.CANCELLING) {
        press(job.id(), escalation);
      }
    }
  }

  private boolean isOverdue(Job job) {
    Duration most = job.terms().timeout();
    return most != null
        && job.state() instanceof JobState.Running held
        && !clock.instant().isBefore(held.claim().startedAt().plus(most));
  }

  private Stop own(Stop.Reason reason) {
    return Stop.asked(reason, node.name(), clock.instant());
  }

  /**
   * Asks calls to stop for a reason of this node's: first the database, and then, if that is
   * possible, it goes on record.
   *
   * @param patience see {@link #press}
   */
  void ask(List<Job> running, Stop.Reason reason, Duration patience) {
    for (Job job : running) {
      calls.asked(job.id(), own(reason));
      press(job.id(), patience);
    }
    running.forEach(job -> keep(job, reason));
  }

  private void keep(Job job, Stop.Reason reason) {
    LOG.log(Level.INFO, "job {0} is asked to stop: {1}", job.id(), reason.word());
    try {
      registry.replaceUnlessBusy(job, job.cancelling(own(reason)));
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "not on record yet", e);
    }
  }

  /**
   * Asks the database once to stop a call that is to: to cancel its statement, and after some time,
   * again and again, to end its session.
   *
   * @param patience how long to wait since the last step
   */
  void press(JobId id, Duration patience) {
    Instant now = clock.instant();
    Instant last = lastStep.computeIfAbsent(id, first -> now);
    if (now.isBefore(last.plus(patience))) {
      gateway.cancel(id.hex());
      return;
    }
    lastStep.put(id, now);
    if (isToldToEnd(id)) {
      LOG.log(Level.WARNING, "job {0} did not react to its cancel: its session is ended", id);
    }
  }

  private boolean isToldToEnd(JobId id) {
    try {
      return gateway.terminate(id.hex());
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "the session of job {0} cannot be ended now: {1}", id, e.getMessage());
      return false;
    }
  }
}
