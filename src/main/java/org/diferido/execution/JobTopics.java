package org.diferido.execution;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.job.Job;
import org.diferido.job.JobGlance;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;

/** Those who listen to one job each. */
final class JobTopics {

  private final JobRegistry registry;
  private final JobLookup jobs;
  private final RunningCalls calls;
  private final Map<JobId, Set<Ear>> ears = new ConcurrentHashMap<>();

  JobTopics(JobRegistry registry, JobLookup jobs, RunningCalls calls) {
    this.registry = registry;
    this.jobs = jobs;
    this.calls = calls;
  }

  /** A listener, and what it was told last. */
  private static final class Ear {

    private final JobListener listener;
    private volatile JobGlance told;

    Ear(JobListener listener, JobGlance told) {
      this.listener = listener;
      this.told = told;
    }

    void tell(Job job) {
      JobGlance glance = JobGlance.of(job);
      if (!glance.equals(told)) {
        boolean moved = glance.isMoveFrom(told);
        told = glance;
        JobFeed.guarded(listener, each -> each.changed(job, moved));
      }
    }
  }

  /**
   * Adds a listener.
   *
   * @return what takes it off again
   */
  Runnable add(Job told, JobListener listener) {
    Ear ear = new Ear(listener, JobGlance.of(told));
    JobId id = told.id();
    ears.compute(
        id,
        (same, there) -> {
          Set<Ear> all = there == null ? ConcurrentHashMap.newKeySet() : there;
          all.add(ear);
          return all;
        });
    return () ->
        ears.computeIfPresent(
            id,
            (same, all) -> {
              all.remove(ear);
              return all.isEmpty() ? null : all;
            });
  }

  boolean has(JobId id) {
    return ears.containsKey(id);
  }

  /** Looks at all of them. */
  void look() {
    look(ears.keySet());
  }

  /**
   * Looks at some of them: first at what this node knows, then at as little as tells whether the
   * others have changed, and only then at those that have.
   */
  void look(Collection<JobId> ids) {
    Set<JobId> asked = new HashSet<>(ids);
    asked.retainAll(ears.keySet());
    for (Job job : jobs.knownOf(asked)) {
      asked.remove(job.id());
      tell(job);
    }
    if (asked.isEmpty()) {
      return;
    }
    RunningCalls.Snapshot live = calls.snapshot();
    Map<JobId, JobGlance> glances = new HashMap<>();
    registry.glances(asked).forEach(glance -> glances.put(glance.id(), live.over(glance)));
    for (JobId id : asked) {
      JobGlance glance = glances.get(id);
      if (glance == null) {
        gone(id);
      } else if (of(id).stream().anyMatch(ear -> !ear.told.equals(glance))) {
        jobs.find(id).ifPresentOrElse(this::tell, () -> gone(id));
      }
    }
  }

  private Set<Ear> of(JobId id) {
    return ears.getOrDefault(id, Set.of());
  }

  private void tell(Job job) {
    of(job.id()).forEach(ear -> ear.tell(job));
  }

  private void gone(JobId id) {
    of(id).forEach(ear -> JobFeed.guarded(ear.listener, each -> each.removed(id)));
  }
}
