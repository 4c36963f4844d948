package org.diferido.job;

import java.time.Duration;

/**
 * How the runs of a procedure went: of those that came back well how long they took, and how many
 * of all did. One that somebody stopped is neither, since that says nothing of the procedure.
 *
 * @param times of those that came back well
 * @param succeeded how many came back well, since these are counted
 * @param failed how many failed or took too long
 */
public record ProcedureRuns(RunTimes times, long succeeded, long failed) {

  public static final ProcedureRuns NONE = new ProcedureRuns(RunTimes.NONE, 0, 0);

  /** And one more that came back well, after so long. */
  public ProcedureRuns with(Duration run) {
    return new ProcedureRuns(times.plus(RunTimes.NONE.with(run)), succeeded + 1, failed);
  }

  /** And one more that failed. */
  public ProcedureRuns withFailure() {
    return new ProcedureRuns(times, succeeded, failed + 1);
  }

  /** These and later ones. */
  public ProcedureRuns plus(ProcedureRuns later) {
    return new ProcedureRuns(
        times.plus(later.times), succeeded + later.succeeded, failed + later.failed);
  }

  public long count() {
    return succeeded + failed;
  }
}
