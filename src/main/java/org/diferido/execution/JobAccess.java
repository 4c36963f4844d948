package org.diferido.execution;

import static java.util.Comparator.comparing;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobFilter;
import org.diferido.job.JobGlance;
import org.diferido.job.JobId;
import org.diferido.job.JobPage;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.JobSummary;
import org.diferido.job.RecentJobs;
import org.diferido.job.Stop;
import org.diferido.result.ResultStore;
import org.diferido.security.Caller;
import org.jspecify.annotations.Nullable;

/** What a caller may see of the jobs, and remove. Somebody else's job does not exist for them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobAccess {

  private static final Logger LOG = System.getLogger(JobAccess.class.getName());

  /** By how much the clocks of nodes may differ. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  private final JobRegistry registry;
  private final RunningCalls calls;
  private final JobLookup lookup;
  private final KnownJobs known;
  private final CallStops stops;
  private final JobEvents events;
  private final ResultStore results;
  private final Clock clock;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected JobAccess() {
    this(null, null, null, null, null, null, null, null);
  }

  @Inject
  public JobAccess(
      JobRegistry registry,
      RunningCalls calls,
      JobLookup lookup,
      KnownJobs known,
      CallStops stops,
      JobEvents events,
      ResultStore results,
      Clock clock) {
    this.registry = registry;
    this.calls = calls;
    this.lookup = lookup;
    this.known = known;
    this.stops = stops;
    this.events = events;
    this.results = results;
    this.clock = clock;
  }

  /**
   * One job.
   *
   * @param id as the caller wrote it
   * @throws org.diferido.failure.FailureException JOB_NOT_FOUND, also when it is somebody else's
   */
  public Job find(String id, Caller caller) {
    return JobId.parse(id)
        .flatMap(lookup::find)
        .filter(job -> caller.seesAllJobs() || job.owner().equals(caller.name()))
        .orElseThrow(() -> Failure.of(FailureCode.JOB_NOT_FOUND).toException());
  }

  /** Of the caller's jobs, or everybody's for who may see them, those that match; newest first. */
  public JobPage list(JobFilter asked, int limit, @Nullable Long from, Caller caller) {
    RunningCalls.Snapshot live = calls.snapshot();
    return within(asked, caller.seesAllJobs(), caller)
        .map(filter -> registry.list(filter, limit, from))
        .map(page -> page.with(page.jobs().stream().map(live::over).toList()))
        .orElse(JobPage.EMPTY);
  }

  /** How many of the caller's jobs, or of everybody's for who may see them, match. */
  public JobSummary summary(JobFilter asked, Caller caller) {
    Instant now = clock.instant();
    return within(asked, caller.seesAllJobs(), caller)
        .map(filter -> registry.summary(filter, now))
        .orElseGet(() -> JobSummary.empty(now));
  }

  /** What of a filter is the caller's; nothing when it is of somebody else. */
  static Optional<JobFilter> within(JobFilter asked, boolean everybodys, Caller caller) {
    return everybodys ? Optional.of(asked) : asked.amongJobsOf(caller.name());
  }

  /**
   * The caller's jobs, or everybody's for who may see them, that have been accepted or have changed
   * since some moment, and those that run; without long arguments and results.
   *
   * @return oldest first; empty when they are more than that
   */
  public Optional<List<Job>> since(Instant moment, int most, Caller caller) {
    Instant from = moment.minus(SKEW);
    String owner = caller.seesAllJobs() ? null : caller.name();
    Map<JobId, Job> found = new HashMap<>();
    RecentJobs recent = registry.recent(owner == null ? null : Set.of(owner), from, null);
    if (recent.jobs().size() > most) {
      return Optional.empty();
    }
    lookup
        .listed(recent.jobs().stream().map(JobGlance::id).toList())
        .forEach(job -> found.put(job.id(), job));
    List<Job> newest = list(JobFilter.ALL, most, null, caller).jobs();
    List<Job> accepted = newest.stream().filter(job -> !job.createdAt().isBefore(from)).toList();
    accepted.forEach(job -> found.putIfAbsent(job.id(), job));
    return accepted.size() == most || found.size() > most
        ? Optional.empty()
        : Optional.of(found.values().stream().sorted(comparing(Job::createdAt)).toList());
  }

  /**
   * Asks a job to stop. A queued one is cancelled at once; of a running one the database's answer
   * says later how it ended. One that was asked before is asked once more.
   *
   * @return the job as it is now
   * @throws org.diferido.failure.FailureException JOB_NOT_FOUND; JOB_ENDED
   */
  public Job cancel(String id, Caller caller) {
    return stop(id, caller, Stop.asked(Stop.Reason.REQUESTED, caller.name(), clock.instant()))
        .map(job -> calls.snapshot().over(job))
        .orElseThrow(() -> Failure.of(FailureCode.JOB_ENDED).toException());
  }

  /** The job that was asked to stop; empty when it has ended. */
  private Optional<Job> stop(String id, Caller caller, Stop stop) {
    while (true) {
      Job job = kept(id, caller.managesAllJobs(), caller);
      if (job.status().isEnd()) {
        return Optional.empty();
      }
      boolean waits = job.status() == JobStatus.QUEUED;
      Job next = waits ? job.cancelledUnstarted(stop) : job.cancelling(stop);
      if (registry.replace(job, next)) {
        if (waits) {
          events.ended(next);
        } else {
          stops.recorded(next);
        }
        return Optional.of(next);
      }
    }
  }

  /**
   * Removes a job. A running one is asked to stop, and removed when it has ended.
   *
   * @return whether it is gone, rather than going
   * @throws org.diferido.failure.FailureException JOB_NOT_FOUND
   */
  public boolean remove(String id, Caller caller) {
    Instant now = clock.instant();
    while (true) {
      Job job = kept(id, caller.managesAllJobs(), caller);
      if (!job.status().isHeld()) {
        if (registry.remove(job)) {
          known.forget(job.id());
          removeResultsOf(job);
          return true;
        }
      } else if (stop(
              id, caller, Stop.asked(Stop.Reason.REQUESTED, caller.name(), now).withRemoval())
          .isPresent()) {
        return false;
      }
    }
  }

  /** What cannot be removed now is found later by that it has no job any more. */
  private void removeResultsOf(Job removed) {
    try {
      results.remove(LargeResults.referredTo(removed));
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "the results of a job that was removed stay for now", e);
    }
  }

  /**
   * Removes the ended jobs that match, of the caller's or of everybody's.
   *
   * @param age only those that ended longer ago; null for any
   * @return how many
   */
  public int removeEnded(JobFilter asked, @Nullable Duration age, Caller caller) {
    JobFilter old = age == null ? asked : asked.endedBefore(clock.instant().minus(age));
    Optional<JobFilter> filter = within(old, caller.managesAllJobs(), caller);
    try {
      return filter.isEmpty() ? 0 : registry.removeEnded(filter.get());
    } finally {
      known.forgetEnded();
    }
  }

  /** As the registry has it: who is to change a job begins there. */
  private Job kept(String id, boolean anybodys, Caller caller) {
    return JobId.parse(id)
        .flatMap(registry::find)
        .filter(job -> anybodys || job.owner().equals(caller.name()))
        .orElseThrow(() -> Failure.of(FailureCode.JOB_NOT_FOUND).toException());
  }
}
