package org.diferido.housekeeping;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Heartbeat;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.job.Node;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SteadyClock;
import org.diferido.result.ResultStore;

/**
 * Keeps the registry true: of a job whose node is dead, the session in the database is looked for
 * and ended, and then the job is lost and says so, or is run again if it may be; a queued one whose
 * time to start has gone by is expired.
 */
@Singleton
@Startup
@DependsOn({"DemoStartup", "EmbeddedRegistry"})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OrphanRecovery {

  private static final Logger LOG = System.getLogger(OrphanRecovery.class.getName());

  /** Somebody else beats every few seconds, but not yet when this is first asked. */
  private static final Duration BEATEN = Duration.ofSeconds(8);

  private final JobRegistry registry;
  private final ResultStore results;
  private final AbandonedSessions sessions;
  private final Node node;
  private final Retention retention;
  private final RetryPolicy retries;
  private final Heartbeat heartbeat;
  private final JobEvents events;
  private final Clock clock;
  private final SteadyClock steady;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected OrphanRecovery() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  @Inject
  public OrphanRecovery(
      JobRegistry registry,
      ResultStore results,
      AbandonedSessions sessions,
      Node node,
      Retention retention,
      RetryPolicy retries,
      Heartbeat heartbeat,
      JobEvents events,
      Clock clock,
      SteadyClock steady) {
    this.registry = registry;
    this.results = results;
    this.sessions = sessions;
    this.node = node;
    this.retention = retention;
    this.retries = retries;
    this.heartbeat = heartbeat;
    this.events = events;
    this.clock = clock;
    this.steady = steady;
  }

  /**
   * At start as well, so that the first who asks is told the truth. This node beats first: after an
   * outage of the registry it would otherwise take itself for dead, and its running jobs for lost.
   *
   * <p>What the class says of transactions does not hold for what the container calls at start
   * (Payara 6.2025.10): in its transaction only the first of two databases could be used.
   */
  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void recover() {
    try {
      if (!heartbeat.isWithin(BEATEN)) {
        heartbeat.beat();
      }
      Duration asked = steady.reading();
      boolean mayJudge = mayJudge();
      List<Job> orphans = registry.orphans(mayJudge ? retention.silence() : null);
      if (steady.hasReached(asked.plus(Heartbeat.LONGEST_ANSWER))) {
        heartbeat.doubt();
        LOG.log(Level.WARNING, "no recovery for now: the registry took too long to answer");
        return;
      }
      List<Job> others = orphans.stream().filter(this::isAnothers).toList();
      sessions.judge(others, mayJudge).forEach(this::end);
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "no recovery for now: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // Thrown at start it would keep the whole service from starting, thrown later end the timer.
      LOG.log(Level.ERROR, "no recovery, for an unforeseen reason", e);
    }
  }

  /** Has those say that they expired which never started in time. */
  @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false)
  public void expire() {
    try {
      int expired = registry.expire(clock.instant(), events::ended);
      if (expired > 0) {
        LOG.log(Level.INFO, "{0} queued jobs expired", expired);
      }
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "no job expires for now: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // Thrown on, it would end the timer.
      LOG.log(Level.ERROR, "no job expires, for an unforeseen reason", e);
    }
  }

  /**
   * While the registry was away or mute nobody's beats came through: when it is back, the others
   * get the time that they need to say that they are alive.
   */
  private boolean mayJudge() {
    return heartbeat.steady().compareTo(retention.silence()) >= 0;
  }

  /** Who asks is alive. */
  private boolean isAnothers(Job orphan) {
    return orphan.state().heldBy().filter(claim -> !claim.node().equals(node.name())).isPresent();
  }

  /** The claim is part of the comparison, so a job that ended just now keeps its end. */
  private void end(Job orphan, FailureCode evidence) {
    String gone = orphan.state().heldBy().map(JobState.Claim::node).orElse("");
    Failure failure = Failure.of(evidence, gone);
    Instant now = clock.instant();
    Optional<Instant> again =
        orphan.call().hasSecrets() || evidence == FailureCode.SESSION_ALIVE
            ? Optional.empty()
            : retries.next(orphan, failure, now);
    Job next =
        again
            .map(notBefore -> orphan.requeued(failure, now, notBefore))
            .orElseGet(() -> orphan.lost(failure, now));
    if (registry.replaceUnlessBusy(orphan, next)) {
      LOG.log(
          Level.WARNING,
          "job {0}, whose node {1} is gone, is {2}",
          orphan.id(),
          gone,
          next.status().word());
      if (next.status().isEnd()) {
        events.ended(next);
      }
      removeResultsOf(orphan);
    }
  }

  /**
   * Nobody will refer to what its call had stored. What cannot be removed now goes with the job.
   */
  private void removeResultsOf(Job orphan) {
    try {
      orphan
          .state()
          .heldBy()
          .ifPresent(claim -> results.removeOf(orphan.id().hex(), claim.attempt()));
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "the results of a job that is lost stay for now", e);
    }
  }
}
