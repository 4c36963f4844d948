package org.diferido.execution;

import org.diferido.job.Job;
import org.diferido.job.JobId;

/**
 * Somebody who is told when jobs change. What it is told comes in order and never twice at once,
 * from a thread that others wait for: it must not block.
 */
public interface JobListener {

  /** Whether it is told of everything that happens, rather than waits for one answer. */
  boolean isStream();

  /**
   * A job is no longer as it was.
   *
   * @param moved whether its state is another one; else only its progress is
   */
  void changed(Job job, boolean moved);

  /** The job that it listens to was removed; nothing more comes. */
  default void removed(JobId id) {}

  /** A moment has gone by: comes several times a second. */
  default void moment() {}

  /** The node stops, and nothing more comes; may be told twice. */
  void closed();
}
