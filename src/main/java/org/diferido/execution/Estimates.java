package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.diferido.job.Job;
import org.diferido.job.JobState;
import org.diferido.job.ProcedureRuns;
import org.diferido.job.ProcedureStatistics;
import org.diferido.job.RunTimes;
import org.diferido.procedure.Progress;
import org.jspecify.annotations.Nullable;

/**
 * How far the calls of this node are whose procedures say nothing of it, by how long earlier runs
 * took. What is learnt is written now and then, and so is what other nodes have learnt read: an
 * estimate needs no statement of its own.
 */
@Singleton
public class Estimates {

  static final Duration EXCHANGE = Duration.ofSeconds(30);

  private final ProcedureStatistics statistics;
  private final RunningCalls calls;
  private final Clock clock;
  private Map<String, ProcedureRuns> known = Map.of();
  private final Map<String, ProcedureRuns> learnt = new HashMap<>();
  private @Nullable Instant exchanged;

  @Inject
  public Estimates(ProcedureStatistics statistics, RunningCalls calls, Clock clock) {
    this.statistics = statistics;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Looks once at the calls that run and at those that are over.
   *
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE, when nothing is forgotten
   */
  synchronized void look() {
    for (RunningCalls.Ran ran : calls.takeRan()) {
      learnt.merge(ran.procedure(), run(ran.time()), ProcedureRuns::plus);
    }
    calls.all().forEach(this::estimate);
    Instant now = clock.instant();
    if (exchanged == null || (isAtWork() && !now.isBefore(exchanged.plus(EXCHANGE)))) {
      exchanged = now;
      exchange();
    }
  }

  private static ProcedureRuns run(@Nullable Duration time) {
    return time == null ? ProcedureRuns.NONE.withFailure() : ProcedureRuns.NONE.with(time);
  }

  /** An idle node asks nothing. */
  private boolean isAtWork() {
    return !calls.all().isEmpty() || !learnt.isEmpty();
  }

  private void exchange() {
    for (Map.Entry<String, ProcedureRuns> each : Map.copyOf(learnt).entrySet()) {
      statistics.add(each.getKey(), each.getValue());
      learnt.remove(each.getKey());
    }
    known = statistics.all();
  }

  private void estimate(Job job) {
    String procedure = job.terms().procedure();
    if (procedure == null
        || !(job.state() instanceof JobState.Running running)
        || !isUnknown(running.progress())) {
      return;
    }
    RunTimes times =
        known
            .getOrDefault(procedure, ProcedureRuns.NONE)
            .plus(learnt.getOrDefault(procedure, ProcedureRuns.NONE))
            .times();
    Instant now = clock.instant();
    times
        .estimate(Duration.between(running.claim().startedAt(), now))
        .map(estimate -> progress(estimate, now))
        .ifPresent(progress -> calls.told(job.id(), progress));
  }

  private static boolean isUnknown(Progress progress) {
    return progress.source() == Progress.Source.NONE
        || progress.source() == Progress.Source.ESTIMATED;
  }

  private static Progress progress(RunTimes.Estimate estimate, Instant now) {
    Duration remaining = estimate.remaining();
    return Progress.estimated(estimate.percent(), remaining == null ? null : now.plus(remaining));
  }
}
