package org.diferido.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.job.Job;
import org.diferido.job.JobGlance;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.RecentJobs;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen to all jobs of an owner, or of everybody. One question to the registry is for
 * all of them together.
 */
final class OwnerTopics {

  /** By how much the clock of the node that ended a job may be behind. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  /** So long a job is remembered that is no longer among those that may have changed. */
  private static final Duration MEMORY = Duration.ofMinutes(1);

  /** Jobs that are accepted at the same time may be seen in another order than that of places. */
  private static final int AT_THE_SAME_TIME = 500;

  private final JobRegistry registry;
  private final JobLookup jobs;
  private final RunningCalls calls;
  private final Clock clock;

  /** By owner; everybody's under the empty name, which no owner has. */
  private final Map<String, Set<JobListener>> ears = new ConcurrentHashMap<>();

  private final Map<JobId, Seen> seen = new HashMap<>();
  private long last;
  private Instant asked = Instant.EPOCH;

  private static final String EVERYBODY = "";

  private record Seen(JobGlance glance, Instant at) {}

  OwnerTopics(JobRegistry registry, JobLookup jobs, RunningCalls calls, Clock clock) {
    this.registry = registry;
    this.jobs = jobs;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Adds a listener, who is told of what happens from here on.
   *
   * @param owner null for everybody
   * @return what takes it off again
   */
  Runnable add(@Nullable String owner, JobListener listener) {
    String name = owner == null ? EVERYBODY : owner;
    if (!ears.containsKey(name)) {
      Set<String> theirs = owner == null ? null : Set.of(owner);
      if (ears.isEmpty()) {
        // From here on: those before are not to be asked for, nor any of them told.
        seen.clear();
        last = registry.recent(theirs, clock.instant(), null).last();
      }
      // What is as it is now is no news, but of who is listened to already it may be.
      RecentJobs now = ask(theirs, clock.instant());
      Instant at = clock.instant();
      now.jobs().forEach(glance -> seen.putIfAbsent(glance.id(), new Seen(glance, at)));
      if (ears.isEmpty()) {
        asked = at;
        last = now.last();
      }
    }
    ears.compute(
        name,
        (same, there) -> {
          Set<JobListener> all = there == null ? ConcurrentHashMap.newKeySet() : there;
          all.add(listener);
          return all;
        });
    return () ->
        ears.computeIfPresent(
            name,
            (same, all) -> {
              all.remove(listener);
              return all.isEmpty() ? null : all;
            });
  }

  boolean isAnybody() {
    return !ears.isEmpty();
  }

  private @Nullable Set<String> owners() {
    return ears.containsKey(EVERYBODY) ? null : Set.copyOf(ears.keySet());
  }

  private RecentJobs ask(@Nullable Set<String> owners, Instant since) {
    return registry.recent(owners, since.minus(SKEW), last == 0 ? null : last - AT_THE_SAME_TIME);
  }

  /** Looks at all that may have changed. */
  void look() {
    if (ears.isEmpty()) {
      seen.clear();
      last = 0;
      return;
    }
    Instant now = clock.instant();
    RunningCalls.Snapshot live = calls.snapshot();
    RecentJobs recent = ask(owners(), asked);
    Map<JobId, JobGlance> glances = new LinkedHashMap<>();
    recent.jobs().forEach(glance -> glances.put(glance.id(), live.over(glance)));
    List<JobId> unseen = missing(glances.keySet());
    if (!unseen.isEmpty()) {
      registry.glances(unseen).forEach(glance -> glances.put(glance.id(), glance));
    }
    asked = now;
    last = Math.max(last, recent.last());
    tell(glances.values(), now);
    Instant old = now.minus(MEMORY);
    seen.values().removeIf(each -> each.at.isBefore(old));
  }

  /** Those that ran and do no more, but whose end is not among the recent ones. */
  private List<JobId> missing(Set<JobId> found) {
    return seen.values().stream()
        .map(Seen::glance)
        .filter(glance -> glance.status().isHeld() && !found.contains(glance.id()))
        .map(JobGlance::id)
        .toList();
  }

  /** Looks at some jobs of which something is known to have happened. */
  void look(Collection<JobId> ids) {
    if (!ears.isEmpty() && !ids.isEmpty()) {
      Set<String> owners = owners();
      List<JobGlance> theirs =
          registry.glances(ids).stream()
              .filter(glance -> owners == null || owners.contains(glance.owner()))
              .toList();
      tell(theirs, clock.instant());
    }
  }

  private void tell(Collection<JobGlance> glances, Instant now) {
    Map<JobId, Boolean> changed = new HashMap<>();
    for (JobGlance glance : glances) {
      Seen before = seen.put(glance.id(), new Seen(glance, now));
      if (before == null || !before.glance.equals(glance)) {
        changed.put(glance.id(), before == null || glance.isMoveFrom(before.glance));
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    for (Job job : jobs.listed(changed.keySet())) {
      seen.put(job.id(), new Seen(JobGlance.of(job), now));
      boolean moved = changed.getOrDefault(job.id(), true);
      tell(job.owner(), job, moved);
      tell(EVERYBODY, job, moved);
    }
  }

  private void tell(String name, Job job, boolean moved) {
    ears.getOrDefault(name, Set.of())
        .forEach(listener -> JobFeed.guarded(listener, each -> each.changed(job, moved)));
  }
}
