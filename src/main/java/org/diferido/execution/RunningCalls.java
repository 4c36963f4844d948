package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diferido.job.Job;
import org.diferido.job.JobGlance;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.SteadyClock;
import org.diferido.job.Stop;
import org.diferido.procedure.Progress;
import org.jspecify.annotations.Nullable;

/** The jobs whose calls are running on this node, with the progress they have just told. */
@Singleton
public class RunningCalls {

  /** More than come back between two looks. */
  private static final int MOST_RAN = 100_000;

  private final Map<JobId, Here> jobs = new ConcurrentHashMap<>();

  private final Queue<Ran> ran = new LinkedBlockingQueue<>();
  private final SteadyClock steady;
  private volatile Consumer<JobId> moved = id -> {};

  /** How far a job is on this node. */
  private enum Stage {
    /** It has been given to the executor; its call has not begun yet. */
    EXPECTED,
    CALLED,
    /** The registry may know of its end already. */
    ENDING
  }

  /**
   * A job on this node.
   *
   * @param since by the steady clock
   */
  private record Here(Job job, Stage stage, Duration since) {

    boolean isOf(Job other) {
      return job.state().heldBy().equals(other.state().heldBy());
    }

    Here with(Job next) {
      return new Here(next, stage, since);
    }

    Here at(Stage next) {
      return new Here(job, next, since);
    }
  }

  @Inject
  public RunningCalls(SteadyClock steady) {
    this.steady = steady;
  }

  /**
   * Tells somebody whenever a call has begun, was asked to stop, or is over and its end on record.
   *
   * @param told must not block
   */
  void whenMoved(Consumer<JobId> told) {
    moved = told;
  }

  /**
   * A job has a worker, and its call will begin here.
   *
   * @return false while an earlier run of the job is not over here, which nobody can know elsewhere
   */
  boolean expect(Job job) {
    return jobs.putIfAbsent(job.id(), new Here(job, Stage.EXPECTED, steady.reading())) == null;
  }

  /**
   * The call of an expected job begins.
   *
   * @return the job, with what has been asked of it since
   */
  Job began(Job job) {
    Here here =
        jobs.compute(
            job.id(),
            (id, before) ->
                before == null || !before.isOf(job)
                    ? new Here(job, Stage.CALLED, steady.reading())
                    : before.at(Stage.CALLED));
    moved.accept(job.id());
    return here.job();
  }

  /** For how long a job has been here; zero when it is not. */
  Duration time(Job job) {
    Here here = jobs.get(job.id());
    return here != null && here.isOf(job) ? steady.reading().minus(here.since) : Duration.ZERO;
  }

  /** Whether a job's call is here, or about to be. */
  boolean has(JobId id) {
    return jobs.containsKey(id);
  }

  /** That a call is to stop. */
  void asked(JobId id, Stop stop) {
    jobs.computeIfPresent(id, (same, here) -> here.with(here.job.cancelling(stop)));
    moved.accept(id);
  }

  /** The same, if it is still this attempt of the job that is here. */
  void asked(JobId id, int attempt, Stop stop) {
    jobs.computeIfPresent(
        id,
        (same, here) ->
            here.job.state().heldBy().filter(claim -> claim.attempt() == attempt).isPresent()
                ? here.with(here.job.cancelling(stop))
                : here);
    moved.accept(id);
  }

  /** A progress of a call that has ended meanwhile is dropped. */
  void told(JobId id, Progress progress) {
    jobs.computeIfPresent(id, (same, here) -> here.with(here.job.at(progress)));
  }

  /** What the procedure of a call wrote. */
  void logged(JobId id, List<String> lines) {
    jobs.computeIfPresent(id, (same, here) -> here.with(here.job.withLog(lines)));
  }

  /** The end of a job is about to be recorded: from here on only the registry knows. */
  void ends(Job job) {
    jobs.computeIfPresent(job.id(), (id, here) -> here.isOf(job) ? here.at(Stage.ENDING) : here);
  }

  /** A job whose call is in the database and goes on; null for any other. */
  @Nullable Job inDatabase(JobId id) {
    Here here = jobs.get(id);
    return here == null || here.stage != Stage.CALLED ? null : here.job;
  }

  /** A job that is here, with its last progress. */
  Job latest(Job job) {
    Here here = jobs.get(job.id());
    return here != null && here.isOf(job) ? here.job : job;
  }

  /**
   * A call that is over, and whose end says something of its procedure.
   *
   * @param procedure its full name in the dictionary
   * @param time how long it took if it came back well; null if it failed
   */
  record Ran(String procedure, @Nullable Duration time) {}

  /** Notes that a call came back well. */
  void ran(Job job) {
    note(job, time(job));
  }

  /** Notes that a call failed. */
  void failed(Job job) {
    note(job, null);
  }

  private void note(Job job, @Nullable Duration time) {
    String procedure = job.terms().procedure();
    if (procedure != null && ran.size() < MOST_RAN) {
      ran.add(new Ran(procedure, time));
    }
  }

  /** Those that are over since this was last asked. */
  List<Ran> takeRan() {
    List<Ran> taken = new ArrayList<>();
    for (Ran each = ran.poll(); each != null; each = ran.poll()) {
      taken.add(each);
    }
    return taken;
  }

  /**
   * Takes a job off, once its end is recorded, or it is known to be another's: until then its
   * progress is only known here.
   */
  void ended(Job job) {
    jobs.computeIfPresent(job.id(), (id, here) -> here.isOf(job) ? null : here);
    moved.accept(job.id());
  }

  /**
   * What is known here beyond the registry, at this moment. Taken before the registry is read, it
   * never has a job look younger than it was seen before: what is no longer here has its end there.
   */
  Snapshot snapshot() {
    return new Snapshot(
        jobs.values().stream()
            .map(Here::job)
            .collect(Collectors.toUnmodifiableMap(Job::id, Function.identity())));
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

    /** The same of a glance. */
    JobGlance over(JobGlance kept) {
      Job here = kept.status().isHeld() ? jobs.get(kept.id()) : null;
      if (here == null) {
        return kept;
      }
      JobGlance glance = JobGlance.of(here);
      if (glance.attempt() != kept.attempt()) {
        return kept;
      }
      return kept.status() == JobStatus.CANCELLING && here.status() == JobStatus.RUNNING
          ? new JobGlance(kept.id(), kept.owner(), kept.status(), kept.attempt(), glance.progress())
          : glance;
    }
  }

  /** The jobs whose calls are not back yet: only these can be asked to stop. */
  List<Job> called() {
    return jobs.values().stream()
        .filter(here -> here.stage == Stage.CALLED)
        .map(Here::job)
        .toList();
  }

  /** The jobs whose calls have begun. */
  public List<Job> all() {
    return jobs.values().stream()
        .filter(here -> here.stage != Stage.EXPECTED)
        .map(Here::job)
        .toList();
  }
}
