package org.diferido.job;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That a job was asked to end before its call had come back. It stays with the job, also when the
 * call was faster.
 *
 * @param reason why
 * @param by the caller who asked, or the node
 * @param at when
 * @param removeAfter whether the job is to be removed once it has ended
 * @param step what ended it; null while it goes on, and when it ended for another reason
 */
public record Stop(Reason reason, String by, Instant at, boolean removeAfter, @Nullable Step step) {

  /** Why a job is to end. */
  public enum Reason {
    /** Somebody asked for it. */
    REQUESTED,
    /** Its call took longer than it may. */
    TIMEOUT,
    /** Its node stops. */
    SHUTDOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What ended a job that was asked to. */
  public enum Step {
    /** It was taken out of the queue, or stopped on its way to the database. */
    NOT_STARTED,
    /** The database cancelled its statement. */
    STATEMENT,
    /** Its session in the database was ended, since cancelling the statement did not help. */
    SESSION;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that has just been asked for. */
  public static Stop asked(Reason reason, String by, Instant at) {
    return new Stop(reason, by, at, false, null);
  }

  /** This one, and the job is not to stay after its end. */
  public Stop withRemoval() {
    return new Stop(reason, by, at, true, step);
  }

  Stop doneBy(Step how) {
    return new Stop(reason, by, at, removeAfter, how);
  }
}
