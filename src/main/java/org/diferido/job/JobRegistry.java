package org.diferido.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.diferido.procedure.CallTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the jobs. It is the only truth about them and the queue at once: a queued job's row is its
 * place in the queue. What a method has done is durable when it returns.
 *
 * <p>Every method throws {@link org.diferido.failure.FailureException} REGISTRY_UNAVAILABLE when
 * the registry cannot be reached; then it may or may not have been done. INTERNAL_ERROR means that
 * what was to be kept does not fit, and was not kept.
 */
public interface JobRegistry {

  /** What became of an end in the transaction of its call. */
  enum EndWithin {
    WRITTEN,
    /** The registry no longer had the expected job: the call must not be committed. */
    NOT_HELD,
    /**
     * It could not be written there, and the transaction is as it was: once the call is committed,
     * the end is for {@link #replace}.
     */
    POSTPONED
  }

  /** Adds a job, queued or already claimed. */
  void add(Job job);

  /** How many jobs are queued. */
  long queued();

  Optional<Job> find(JobId id);

  /**
   * Puts a job in the place of what it was made from, if the registry still has that one: the same
   * status and the same claim.
   *
   * @return whether it had, and so whether this was done
   */
  boolean replace(Job expected, Job next);

  /**
   * Whether the registry is in the database of a call, so that {@link #replaceWithin} is possible.
   *
   * @param transaction in which nothing has happened yet
   */
  default boolean joins(CallTransaction transaction) {
    return false;
  }

  /**
   * Does what {@link #replace} does in the transaction of a call: it counts once that is committed,
   * and never if it is not. Only after {@link #joins} has said that it can.
   *
   * @throws org.diferido.failure.FailureException when it is not known to be written, and the call
   *     must not be committed
   */
  default EndWithin replaceWithin(CallTransaction transaction, Job expected, Job next) {
    throw new UnsupportedOperationException("the registry is in another database than the call");
  }

  /**
   * Moves a job by a pure step, again if somebody else was faster.
   *
   * @param step what makes the next job; returns its argument to leave it
   * @return the job after it; empty when there is none of that id
   */
  default Optional<Job> update(JobId id, UnaryOperator<Job> step) {
    while (true) {
      Optional<Job> found = find(id);
      if (found.isEmpty()) {
        return found;
      }
      Job next = step.apply(found.get());
      if (next.equals(found.get()) || replace(found.get(), next)) {
        return Optional.of(next);
      }
    }
  }

  /**
   * Takes the oldest queued jobs that may still start for a node.
   *
   * @param atMost how many
   * @return the claimed jobs, oldest first, with the values of their secret parameters
   */
  List<Job> claim(String node, int atMost, Instant now);

  /**
   * Ends the queued jobs that may no longer start.
   *
   * @return how many
   */
  int expire(Instant now);

  /**
   * Jobs, newest first.
   *
   * @param limit how many at most
   * @param from where to begin, as an earlier page's {@link JobPage#next}; null for the newest
   */
  JobPage list(JobFilter filter, int limit, @Nullable Long from);

  /**
   * Removes a job, if the registry still has it as it is here.
   *
   * @return whether it had
   */
  boolean remove(Job job);

  /**
   * Removes the ended jobs among those that match.
   *
   * @return how many
   */
  int removeEnded(JobFilter filter);

  /** Tells that a node is alive, by the registry's own clock. */
  void beat(String node);

  /** Tells that a node has stopped. */
  void leave(String node);

  /**
   * The running jobs whose node is not alive.
   *
   * @param silence after how long without a beat a node counts as dead
   */
  List<Job> orphans(Duration silence);
}
