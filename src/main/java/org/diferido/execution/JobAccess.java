package org.diferido.execution;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobPage;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.security.Caller;
import org.jspecify.annotations.Nullable;

/** What a caller may see of the jobs, and remove. Somebody else's job does not exist for them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobAccess {

  private final JobRegistry registry;
  private final RunningCalls calls;
  private final Clock clock;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected JobAccess() {
    this(null, null, null);
  }

  @Inject
  public JobAccess(JobRegistry registry, RunningCalls calls, Clock clock) {
    this.registry = registry;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * One job.
   *
   * @param id as the caller wrote it
   * @throws org.diferido.failure.FailureException JOB_NOT_FOUND, also when it is somebody else's
   */
  public Job find(String id, Caller caller) {
    return visible(id, caller.seesAllJobs(), caller);
  }

  /** The caller's jobs, or everybody's for who may see them; newest first. */
  public JobPage list(
      Set<JobStatus.Reported> statuses, int limit, @Nullable Long from, Caller caller) {
    String owner = caller.seesAllJobs() ? null : caller.name();
    RunningCalls.Snapshot live = calls.snapshot();
    JobPage page = registry.list(new JobFilter(owner, statuses, null), limit, from);
    return new JobPage(page.jobs().stream().map(live::over).toList(), page.total(), page.next());
  }

  /**
   * Removes a job: an ended one, or a queued one, which then never starts.
   *
   * @throws org.diferido.failure.FailureException JOB_NOT_FOUND; JOB_STILL_RUNNING
   */
  public Job remove(String id, Caller caller) {
    while (true) {
      Job job = visible(id, caller.managesAllJobs(), caller);
      if (job.status() == JobStatus.RUNNING) {
        throw Failure.of(FailureCode.JOB_STILL_RUNNING).toException();
      }
      if (registry.remove(job)) {
        return job;
      }
    }
  }

  /**
   * Removes the ended jobs of these statuses that ended longer than an age ago.
   *
   * @param statuses empty for all
   * @param age null for any
   * @return how many
   */
  public int removeEnded(Set<JobStatus.Reported> statuses, @Nullable Duration age, Caller caller) {
    String owner = caller.managesAllJobs() ? null : caller.name();
    Instant before = age == null ? null : clock.instant().minus(age);
    return registry.removeEnded(new JobFilter(owner, statuses, before));
  }

  private Job visible(String id, boolean anybodys, Caller caller) {
    RunningCalls.Snapshot live = calls.snapshot();
    return JobId.parse(id)
        .flatMap(registry::find)
        .filter(job -> anybodys || job.owner().equals(caller.name()))
        .map(live::over)
        .orElseThrow(() -> Failure.of(FailureCode.JOB_NOT_FOUND).toException());
  }
}
