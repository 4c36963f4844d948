package org.diferido.housekeeping;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.ProcedureGateway;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in the database of jobs whose node is dead. One at work is ended and looked at again
 * the next time, and until then its job is left alone: it may still tell its own end.
 */
@Singleton
public class AbandonedSessions {

  private static final Logger LOG = System.getLogger(AbandonedSessions.class.getName());

  private final ProcedureGateway gateway;
  private final Duration patience;
  private final SteadyClock clock;
  private final Map<JobId, Found> found = new HashMap<>();

  /** Since when the database has not answered; null while it does. */
  private @Nullable Duration unseenSince;

  /** A session that was found at work. */
  private record Found(Duration since, boolean toldToEnd) {}

  /** A session may go on for as long after it was found as a node may be silent. */
  @Inject
  public AbandonedSessions(ProcedureGateway gateway, Retention retention, SteadyClock clock) {
    this.gateway = gateway;
    this.clock = clock;
    this.patience = retention.silence();
  }

  /**
   * Looks once.
   *
   * @param orphans jobs whose node is dead
   * @param all whether there are no others, rather than others that cannot be told yet
   * @return what can be said by now, and of which: NODE_GONE, SESSION_STOPPED or SESSION_ALIVE
   */
  Map<Job, FailureCode> judge(List<Job> orphans, boolean all) {
    if (all) {
      found.keySet().retainAll(orphans.stream().map(Job::id).toList());
      unseenSince = orphans.isEmpty() ? null : unseenSince;
    }
    if (orphans.isEmpty()) {
      return Map.of();
    }
    Set<String> alive;
    try {
      alive = alive(orphans);
      unseenSince = null;
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "the sessions of dead nodes cannot be seen: {0}", e.getMessage());
      if (!isUnseenForLong()) {
        return Map.of();
      }
      alive = Set.of();
    }
    Map<Job, FailureCode> verdicts = new LinkedHashMap<>();
    for (Job orphan : orphans) {
      FailureCode verdict = judge(orphan, alive.contains(orphan.id().hex()));
      if (verdict != null) {
        verdicts.put(orphan, verdict);
      }
    }
    return verdicts;
  }

  private @Nullable FailureCode judge(Job orphan, boolean works) {
    Found before = found.get(orphan.id());
    if (!works) {
      return before != null && before.toldToEnd
          ? FailureCode.SESSION_STOPPED
          : FailureCode.NODE_GONE;
    }
    if (before != null && clock.hasReached(before.since.plus(patience))) {
      return FailureCode.SESSION_ALIVE;
    }
    boolean told = isToldToEnd(orphan);
    found.put(
        orphan.id(),
        before == null
            ? new Found(clock.reading(), told)
            : new Found(before.since, before.toldToEnd || told));
    LOG.log(
        Level.WARNING,
        told
            ? "the session of job {0}, whose node is gone, was at work and is ended"
            : "the session of job {0}, whose node is gone, is at work",
        orphan.id());
    return null;
  }

  private boolean isToldToEnd(Job orphan) {
    try {
      return gateway.stopAbandoned(orphan.id().hex());
    } catch (FailureException e) {
      LOG.log(
          Level.WARNING, "the session of {0} cannot be ended: {1}", orphan.id(), e.getMessage());
      return false;
    }
  }

  /** A database that does not answer may do so the next time; but not for ever. */
  private boolean isUnseenForLong() {
    if (unseenSince == null) {
      unseenSince = clock.reading();
    }
    return clock.hasReached(unseenSince.plus(patience));
  }

  /** Where they may not be seen there is no evidence, and the jobs are lost without. */
  private Set<String> alive(List<Job> orphans) {
    return gateway.alive(orphans.stream().map(job -> job.id().hex()).toList()).orElse(Set.of());
  }
}
