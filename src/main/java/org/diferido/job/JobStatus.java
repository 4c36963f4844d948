package org.diferido.job;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a job can be, and from where to where it may go. Names are part of the wire contract. */
public enum JobStatus {
  /** Waits in the registry for a worker. */
  QUEUED(Reported.PENDING),
  /** A node claimed it; its call is in the database, or about to be. */
  RUNNING(Reported.RUNNING),
  SUCCEEDED(Reported.COMPLETED),
  FAILED(Reported.FAILED),
  /** Was still queued when its {@code start_before} came; it never started. */
  EXPIRED(Reported.FAILED),
  /** The node that ran it is gone, and what its call did in the database is not known. */
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
          QUEUED, Set.of(RUNNING, EXPIRED, FAILED),
          RUNNING, Set.of(RUNNING, SUCCEEDED, FAILED, LOST),
          SUCCEEDED, Set.of(),
          FAILED, Set.of(),
          EXPIRED, Set.of(),
          LOST, Set.of());

  private final Reported reported;

  JobStatus(Reported reported) {
    this.reported = reported;
  }

  public Reported reported() {
    return reported;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing comes after it. */
  public boolean isEnd() {
    return next().isEmpty();
  }

  /** Where a job may go from here; RUNNING to RUNNING is news of its progress. */
  Set<JobStatus> next() {
    return NEXT.getOrDefault(this, Set.of());
  }
}
