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
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.job.Node;

/**
 * Keeps the registry true: a job whose node is dead is lost, and says so; a queued one whose time
 * to start has gone by is expired. Neither is run again.
 */
@Singleton
@Startup
@DependsOn({"DemoStartup", "EmbeddedRegistry"})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OrphanRecovery {

  private static final Logger LOG = System.getLogger(OrphanRecovery.class.getName());

  private final JobRegistry registry;
  private final Node node;
  private final Retention retention;
  private final Clock clock;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected OrphanRecovery() {
    this(null, null, null, null);
  }

  @Inject
  public OrphanRecovery(JobRegistry registry, Node node, Retention retention, Clock clock) {
    this.registry = registry;
    this.node = node;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * At start as well, so that the first who asks is told the truth. This node beats first: after an
   * outage of the registry it would otherwise take itself for dead, and its running jobs for lost.
   */
  @PostConstruct
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void recover() {
    try {
      registry.beat(node.name());
      registry.orphans(retention.silence()).forEach(this::lose);
      int expired = registry.expire(clock.instant());
      if (expired > 0) {
        LOG.log(Level.INFO, "{0} queued jobs expired", expired);
      }
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "no recovery for now: {0}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown at start it would keep the whole service from starting, thrown later end the timer.
      LOG.log(Level.ERROR, "no recovery, for an unforeseen reason", e);
    }
  }

  /** The claim is part of the comparison, so a job that ended just now keeps its end. */
  private void lose(Job orphan) {
    if (orphan.state() instanceof JobState.Running running) {
      String node = running.claim().node();
      Failure failure = Failure.of(FailureCode.NODE_GONE, node);
      if (registry.replace(orphan, orphan.lost(failure, clock.instant()))) {
        LOG.log(Level.WARNING, "job {0} is lost: its node {1} is gone", orphan.id(), node);
      }
    }
  }
}
