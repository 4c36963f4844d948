package org.diferido.execution;

import java.time.Duration;
import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.JobTerms;
import org.diferido.procedure.ProcedureRules;
import org.diferido.procedure.ProcedureRules.Rule;
import org.diferido.procedure.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * What is set for procedures, and becomes the terms of their jobs.
 *
 * @param priorities 1 (first) to 9 ({@code diferido.priority})
 * @param timeouts how long a call may take when the caller does not say ({@code diferido.timeout})
 * @param longest how long it may take at most ({@code diferido.timeout.max})
 * @param limits how many jobs of all procedures of one pattern run at once, in all nodes together
 *     ({@code diferido.limit.procedures})
 * @param attempts how often a job is run by itself; only of procedures that may be run twice
 *     ({@code diferido.idempotent})
 */
public record JobRules(
    ProcedureRules<Integer> priorities,
    ProcedureRules<Duration> timeouts,
    ProcedureRules<Duration> longest,
    ProcedureRules<Integer> limits,
    ProcedureRules<Integer> attempts) {

  /** Nothing is set for any procedure. */
  public static final JobRules NONE =
      new JobRules(
          ProcedureRules.none(),
          ProcedureRules.none(),
          ProcedureRules.none(),
          ProcedureRules.none(),
          ProcedureRules.none());

  /**
   * The terms on which a call is accepted.
   *
   * @throws org.diferido.failure.FailureException INVALID_ARGUMENTS when it asks for more time than
   *     it may have
   */
  JobTerms terms(Submission submission, QualifiedName procedure) {
    return new JobTerms(
        procedure.full(),
        submission.labels(),
        submission.startBefore(),
        timeout(submission, procedure),
        submission.timeout(),
        priorities.valueOf(procedure).orElse(JobTerms.USUAL_PRIORITY),
        limits.of(procedure).map(Rule::pattern).map(Object::toString).orElse(null),
        attempts.valueOf(procedure).orElse(1),
        submission.key(),
        submission.retryOf());
  }

  /** What of it matters to who calls a procedure. */
  CallRules of(QualifiedName procedure) {
    Duration most = longest.valueOf(procedure).orElse(null);
    Duration usual = timeouts.valueOf(procedure).orElse(null);
    return new CallRules(
        priorities.valueOf(procedure).orElse(JobTerms.USUAL_PRIORITY),
        atMost(most, usual),
        most,
        attempts.valueOf(procedure).orElse(1));
  }

  private @Nullable Duration timeout(Submission submission, QualifiedName procedure) {
    Duration asked = submission.timeout();
    Duration most = longest.valueOf(procedure).orElse(null);
    // Who retries cannot ask for less; the maximum may have been lowered since.
    boolean isNew = submission.retryOf() == null;
    if (isNew && asked != null && most != null && asked.compareTo(most) > 0) {
      throw Failure.ofFields(
              FailureCode.INVALID_ARGUMENTS,
              List.of(FieldError.of("/timeout_seconds", "member.timeout_over", most.toSeconds())))
          .toException();
    }
    return atMost(most, asked == null ? timeouts.valueOf(procedure).orElse(null) : asked);
  }

  private static @Nullable Duration atMost(@Nullable Duration most, @Nullable Duration wanted) {
    return wanted == null || (most != null && wanted.compareTo(most) > 0) ? most : wanted;
  }
}
