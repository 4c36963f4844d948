package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;

/** Jobs as they are at this moment: what the registry has, and what this node knows beyond it. */
@Singleton
public class JobLookup {

  private final JobRegistry registry;
  private final RunningCalls calls;
  private final KnownJobs known;

  @Inject
  public JobLookup(JobRegistry registry, RunningCalls calls, KnownJobs known) {
    this.registry = registry;
    this.calls = calls;
    this.known = known;
  }

  /** One job, without a question to the registry if this node can tell by itself. */
  Optional<Job> find(JobId id) {
    KnownJobs.Look look = known.find(id);
    if (look.job() != null) {
      return Optional.of(look.job());
    }
    RunningCalls.Snapshot live = calls.snapshot();
    Optional<Job> found = registry.find(id);
    found.ifPresent(job -> known.remember(job, look));
    return found.map(live::over);
  }

  /** Those of some jobs of which this node can tell by itself. */
  List<Job> knownOf(Collection<JobId> ids) {
    List<Job> told = new ArrayList<>();
    for (JobId id : ids) {
      Job job = known.find(id).job();
      if (job != null) {
        told.add(job);
      }
    }
    return told;
  }

  /** Some jobs, without their long arguments and results. */
  List<Job> listed(Collection<JobId> ids) {
    RunningCalls.Snapshot live = calls.snapshot();
    return registry.listed(ids).stream().map(live::over).toList();
  }
}
