package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.result.ResultStore;
import org.diferido.result.ResultWriting;

/** The rows and large values of this node's calls, and what becomes of them at the calls' ends. */
final class LargeResults {

  private static final Logger LOG = System.getLogger(LargeResults.class.getName());

  private final ResultStore store;
  private final JobRegistry registry;
  private final long mostBytes;

  /**
   * @param mostBytes how much one job may have
   */
  LargeResults(ResultStore store, JobRegistry registry, long mostBytes) {
    this.store = store;
    this.registry = registry;
    this.mostBytes = mostBytes;
  }

  /** For one run of a job. */
  ResultWriting begin(Job job) {
    int attempt = job.state().heldBy().map(JobState.Claim::attempt).orElse(0);
    return new ResultWriting(store, job.id().hex(), attempt, mostBytes);
  }

  /**
   * The run is over, and its end on record: what that does not refer to is removed. What cannot be
   * removed now goes with its job.
   */
  void settle(Job job, ResultWriting written) {
    List<String> strays = new ArrayList<>(written.begun());
    if (strays.isEmpty()) {
      return;
    }
    try {
      registry.find(job.id()).ifPresent(kept -> strays.removeAll(referredTo(kept)));
      store.remove(strays);
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "results that nobody refers to stay for now", e);
    }
  }

  /** The ids of what a job's result refers to. */
  static List<String> referredTo(Job job) {
    return job.state() instanceof JobState.Succeeded succeeded
        ? succeeded.result().storedIds()
        : List.of();
  }
}
