package org.diferido.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a job can be, and from where to where it may go. Names are part of the wire contract. */
public enum JobStatus {
  /** Waits in the registry for a worker. */
  QUEUED(Reported.PENDING),
  /** A node claimed it; its call is in the database, or about to be. */
  RUNNING(Reported.RUNNING),
  /** Its call was asked to stop; only the database's answer decides how it ends. */
  CANCELLING(Reported.RUNNING),
  SUCCEEDED(Reported.COMPLETED),
  FAILED(Reported.FAILED),
  /** It was asked to stop, and did. */
  CANCELLED(Reported.FAILED),
  /** Its call took longer than it may, and was stopped. */
  TIMED_OUT(Reported.FAILED),
  /** Was still queued when its {@code start_before} came; it never started. */
  EXPIRED(Reported.FAILED),
  /** What its call did in the database is not known, such as when the node that ran it is gone. */
  LOST(Reported.FAILED);

  /** The four words that the origin's clients know; {@code status} is never anything else. */
  public enum Reported {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Map<JobStatus, Set<JobStatus>> NEXT =
      Map.of(
          QUEUED, Set.of(RUNNING, EXPIRED, FAILED, CANCELLED, LOST),
          RUNNING,
              Set.of(RUNNING, CANCELLING, QUEUED, SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, LOST),
          CANCELLING, Set.of(CANCELLING, QUEUED, SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, LOST),
          SUCCEEDED, Set.of(),
          FAILED, Set.of(),
          CANCELLED, Set.of(),
          TIMED_OUT, Set.of(),
          EXPIRED, Set.of(),
          LOST, Set.of());

  /** Those after which nothing comes. */
  public static final Set<JobStatus> ENDS =
      Arrays.stream(values()).filter(JobStatus::isEnd).collect(Collectors.toUnmodifiableSet());

  private final Reported reported;

  JobStatus(Reported reported) {
    this.reported = reported;
  }

  public Reported reported() {
    return reported;
  }

  /** All that are told by one of these words. */
  public static Set<JobStatus> reportedAs(Set<Reported> words) {
    return Arrays.stream(values())
        .filter(each -> words.contains(each.reported))
        .collect(Collectors.toUnmodifiableSet());
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing comes after it. */
  public boolean isEnd() {
    return next().isEmpty();
  }

  /** Whether a node holds it, and its call may be in the database. */
  public boolean isHeld() {
    return this == RUNNING || this == CANCELLING;
  }

  /**
   * Where a job may go from here; to the same is news of its progress, and back to QUEUED it goes
   * to be run once more.
   */
  Set<JobStatus> next() {
    return NEXT.getOrDefault(this, Set.of());
  }
}
