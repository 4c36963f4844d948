package org.diferido.execution;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.procedure.Progress;

/** The jobs whose calls are running on this node, with the progress they have just told. */
@Singleton
public class RunningCalls {

  private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();

  void began(Job job) {
    jobs.put(job.id(), job);
  }

  /** A progress of a call that has ended meanwhile is dropped. */
  void told(JobId id, Progress progress) {
    jobs.computeIfPresent(id, (same, job) -> job.at(progress));
  }

  /** Takes a job off; gives it back with its last progress. */
  Job ended(Job job) {
    Job last = jobs.remove(job.id());
    return last == null ? job : last;
  }

  /** The job with what this node knows beyond the registry. */
  Job latest(Job job) {
    return job.status() == JobStatus.RUNNING ? jobs.getOrDefault(job.id(), job) : job;
  }

  List<Job> all() {
    return List.copyOf(jobs.values());
  }
}
