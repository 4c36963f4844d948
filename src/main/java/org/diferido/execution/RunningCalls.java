package org.diferido.execution;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.Stop;
import org.diferido.procedure.Progress;
import org.jspecify.annotations.Nullable;

/** The jobs whose calls are running on this node, with the progress they have just told. */
@Singleton
public class RunningCalls {

  /** More than come back between two looks. */
  private static final int MOST_RAN = 100_000;

  private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();

  /** Those that have been given to the executor, and whose calls have not begun yet. */
  private final Set<JobId> expected = ConcurrentHashMap.newKeySet();

  /** Those of whose end the registry may know already. */
  private final Set<JobId> ending = ConcurrentHashMap.newKeySet();

  private final Queue<Ran> ran = new LinkedBlockingQueue<>();

  /** A job has a worker, and its call will begin here. */
  void expect(JobId id) {
    expected.add(id);
  }

  /** It will not. */
  void expectNoMore(JobId id) {
    expected.remove(id);
  }

  /** Whether a job's call is here, or about to be. */
  boolean isExpected(JobId id) {
    return expected.contains(id) || jobs.containsKey(id);
  }

  void began(Job job) {
    jobs.put(job.id(), job);
    expected.remove(job.id());
  }

  boolean has(JobId id) {
    return jobs.containsKey(id);
  }

  /** That a call is to stop. */
  void asked(JobId id, Stop stop) {
    jobs.computeIfPresent(id, (same, job) -> job.cancelling(stop));
  }

  /** A progress of a call that has ended meanwhile is dropped. */
  void told(JobId id, Progress progress) {
    jobs.computeIfPresent(id, (same, job) -> job.at(progress));
  }

  /** What the procedure of a call wrote. */
  void logged(JobId id, List<String> lines) {
    jobs.computeIfPresent(id, (same, job) -> job.withLog(lines));
  }

  /** The end of a job is about to be recorded: from here on only the registry knows. */
  void ends(JobId id) {
    ending.add(id);
  }

  /** A job whose call is in the database and goes on; null for any other. */
  @Nullable Job inDatabase(JobId id) {
    Job job = jobs.get(id);
    return ending.contains(id) ? null : job;
  }

  /** A job that is here, with its last progress. */
  Job latest(Job job) {
    return jobs.getOrDefault(job.id(), job);
  }

  /**
   * A call that came back well.
   *
   * @param procedure its full name in the dictionary
   */
  record Ran(String procedure, Duration time) {}

  /** Notes that a call came back well. */
  void ran(Job job, Instant end) {
    String procedure = job.terms().procedure();
    if (procedure != null && ran.size() < MOST_RAN) {
      job.state()
          .heldBy()
          .ifPresent(
              claim -> ran.add(new Ran(procedure, Duration.between(claim.startedAt(), end))));
    }
  }

  /** Those that have come back well since this was last asked. */
  List<Ran> takeRan() {
    List<Ran> taken = new ArrayList<>();
    for (Ran each = ran.poll(); each != null; each = ran.poll()) {
      taken.add(each);
    }
    return taken;
  }

  /** Takes a job off, once its end is recorded: until then its progress is only known here. */
  void ended(JobId id) {
    jobs.remove(id);
    ending.remove(id);
  }

  /**
   * What is known here beyond the registry, at this moment. Taken before the registry is read, it
   * never has a job look younger than it was seen before: what is no longer here has its end there.
   */
  Snapshot snapshot() {
    return new Snapshot(Map.copyOf(jobs));
  }

  /** The running calls at some moment. */
  record Snapshot(Map<JobId, Job> jobs) {

    /** A job from the registry, with what was known here beyond it. */
    Job over(Job kept) {
      Job here = kept.status().isHeld() ? jobs.get(kept.id()) : null;
      if (here == null || !here.state().heldBy().equals(kept.state().heldBy())) {
        // Of a claim that is another's by now only the registry tells.
        return kept;
      }
      // Another node may have been told of a stop that has not come through to here.
      return kept.status() == JobStatus.CANCELLING && here.status() == JobStatus.RUNNING
          ? kept.at(here.state().lastProgress())
          : here;
    }
  }

  List<Job> all() {
    return List.copyOf(jobs.values());
  }
}
