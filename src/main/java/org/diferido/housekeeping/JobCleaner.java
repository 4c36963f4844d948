package org.diferido.housekeeping;

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
import java.util.Set;
import org.diferido.failure.FailureException;
import org.diferido.job.JobFilter;
import org.diferido.job.JobRegistry;
import org.diferido.result.ResultStore;

/** Keeps the registry small: removes jobs when their retention, counted from their end, is over. */
@Singleton
@Startup
@DependsOn({"DemoStartup", "EmbeddedRegistry"})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobCleaner {

  private static final Logger LOG = System.getLogger(JobCleaner.class.getName());

  /** A node that is silent for so long is not coming back. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final JobRegistry registry;
  private final ResultStore results;
  private final Retention retention;
  private final Clock clock;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected JobCleaner() {
    this(null, null, null, null);
  }

  @Inject
  public JobCleaner(JobRegistry registry, ResultStore results, Retention retention, Clock clock) {
    this.registry = registry;
    this.results = results;
    this.retention = retention;
    this.clock = clock;
  }

  /** Removes what ended longer ago than the retention, and the results of what was removed. */
  @Schedule(hour = "*", minute = "*", persistent = false)
  public void removeTheOld() {
    Duration age = retention.afterEnd();
    Instant before = clock.instant().minus(age);
    try {
      int removed = registry.removeEnded(new JobFilter(null, Set.of(), before));
      if (removed > 0) {
        LOG.log(Level.INFO, "{0} jobs removed that ended before {1}", removed, before);
      }
      registry.removeMarked();
      registry.forgetNodes(FORGOTTEN);
      results.removeForgotten();
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "old jobs stay for now: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // Thrown on, it would end the timer.
      LOG.log(Level.ERROR, "old jobs stay, for an unforeseen reason", e);
    }
  }
}
