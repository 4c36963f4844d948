package org.diferido.job;

import java.time.Duration;

/**
 * What becomes of jobs on this node, for who counts it. It is told on the threads that do the work,
 * as it happens: who is told must neither wait nor throw. What is told is only what this node has
 * seen done: an end whose record went through without an answer may never be told.
 */
public interface JobEvents {

  /** Nobody is told. */
  JobEvents NONE = new JobEvents() {};

  /** A job was let in, queued or already claimed. */
  default void accepted(Job job) {}

  /** The call of a job is about to be made; once for each run of it. */
  default void began(Job job) {}

  /**
   * A call that had begun is back, however it ended.
   *
   * @param time since the job was given to its worker
   */
  default void returned(Job job, Duration time) {}

  /** The end of a job is on record, by this node; once for each job, in all nodes together. */
  default void ended(Job job) {}
}
