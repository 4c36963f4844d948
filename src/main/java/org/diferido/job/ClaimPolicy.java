package org.diferido.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the waiting jobs may be started, beside how many workers are free. */
public interface ClaimPolicy {

  /** Every job may. */
  ClaimPolicy ANY =
      new ClaimPolicy() {
        @Override
        public boolean countsRunning() {
          return false;
        }

        @Override
        public Round begin(List<Running> running) {
          return (owner, group) -> Verdict.ADMITTED;
        }
      };

  /** Whether the running jobs of all nodes have to be counted; then one claim is made at a time. */
  boolean countsRunning();

  /**
   * Begins a claim.
   *
   * @param running the running jobs of all nodes; empty when they need not be counted
   */
  Round begin(List<Running> running);

  /**
   * How many jobs run.
   *
   * @param owner whose
   * @param group of which {@link JobTerms#limitGroup()}, or null
   */
  record Running(String owner, @Nullable String group, long count) {}

  /** One claim. Whatever it admits counts from then on. */
  interface Round {
    Verdict admit(String owner, @Nullable String group);
  }

  /** Whether a job may start now, and if not, which jobs may not for the same reason. */
  enum Verdict {
    ADMITTED,
    OWNER_FULL,
    GROUP_FULL
  }

  /**
   * What a claim took.
   *
   * @param jobs in the order of the queue, with the values of their secret parameters
   * @param heldBack whether others could have been taken, had the policy let them
   * @param ended those whose turn it was and that cannot be begun any more: they have failed
   */
  record Claimed(List<Job> jobs, boolean heldBack, List<Job> ended) {

    public Claimed {
      jobs = List.copyOf(jobs);
      ended = List.copyOf(ended);
    }
  }
}
