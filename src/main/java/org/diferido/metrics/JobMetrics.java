package org.diferido.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobStatus;
import org.diferido.job.Stop;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of jobs on this node. */
@Singleton
public class JobMetrics implements JobEvents {

  /** From milliseconds to half a day. */
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 1800, 3600,
    10_800, 21_600, 43_200
  };

  private final Meters meters;
  private final ProcedureLabels labels;
  private final Map<String, OfProcedure> procedures = new ConcurrentHashMap<>();
  private final Timer waits;
  private final Map<Stop.Reason, Map<Stop.Step, Counter>> stops = new EnumMap<>(Stop.Reason.class);

  /** The meters of one procedure. */
  private record OfProcedure(Counter accepted, Map<JobStatus, Counter> ended, Timer runs) {}

  @Inject
  public JobMetrics(Meters meters, ProcedureLabels labels) {
    this.meters = meters;
    this.labels = labels;
    this.waits =
        meters.histogram(
            "diferido.job.wait",
            "How long jobs waited between being accepted and being started",
            BOUNDS);
    for (Stop.Reason reason : Stop.Reason.values()) {
      Map<Stop.Step, Counter> steps = new EnumMap<>(Stop.Step.class);
      for (Stop.Step step : Stop.Step.values()) {
        steps.put(step, stopped(reason, step));
      }
      stops.put(reason, steps);
    }
  }

  private Counter stopped(Stop.Reason reason, Stop.Step step) {
    return meters.counter(
        "diferido.jobs.stopped",
        "Jobs that ended since they were asked to, by what ended them",
        "reason",
        reason.word(),
        "step",
        step.word());
  }

  @Override
  public void accepted(Job job) {
    of(job).accepted.increment();
  }

  @Override
  public void began(Job job) {
    // What a job that runs once more has waited for is its first run as well.
    if (job.history().isEmpty()) {
      job.state()
          .heldBy()
          .map(claim -> Duration.between(job.createdAt(), claim.startedAt()))
          // The clocks of two nodes differ.
          .ifPresent(wait -> waits.record(wait.isNegative() ? Duration.ZERO : wait));
    }
  }

  @Override
  public void returned(Job job, Duration time) {
    of(job).runs.record(time);
  }

  @Override
  public void ended(Job job) {
    increment(of(job).ended.get(job.status()));
    Stop stop = job.stop();
    if (stop != null && stop.step() != null) {
      increment(stops.getOrDefault(stop.reason(), Map.of()).get(stop.step()));
    }
  }

  private static void increment(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  private OfProcedure of(Job job) {
    String label = labels.of(job.terms().procedure());
    OfProcedure known = procedures.get(label);
    return known == null ? procedures.computeIfAbsent(label, this::made) : known;
  }

  /**
   * With all states at once: what begins with a one, rather than a zero, has no rise to be seen.
   */
  private OfProcedure made(String label) {
    Map<JobStatus, Counter> ended = new EnumMap<>(JobStatus.class);
    Arrays.stream(JobStatus.values())
        .filter(JobStatus::isEnd)
        .forEach(status -> ended.put(status, ended(label, status)));
    return new OfProcedure(
        meters.counter("diferido.jobs.accepted", "Jobs that were let in", "procedure", label),
        ended,
        meters.histogram(
            "diferido.job.run",
            "How long calls took, each run of a job",
            BOUNDS,
            "procedure",
            label));
  }

  private Counter ended(String label, JobStatus status) {
    return meters.counter(
        "diferido.jobs.ended",
        "Jobs whose end this node has put on record",
        "procedure",
        label,
        "state",
        status.word());
  }
}
