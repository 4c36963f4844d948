package org.diferido.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

  /**
   * Adds a job, queued or already claimed. Of several callers' queued jobs each caller's first
   * comes first, then each one's second, and so on; those of a higher priority before all others.
   *
   * @return false when there is one with the same {@link SubmitKey#id()}; then nothing was done
   */
  boolean add(Job job);

  /** How many jobs are queued of each owner that has any. */
  Map<String, Long> queuedByOwner();

  /** How many jobs are queued. */
  default long queued() {
    return queuedByOwner().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The jobs that are queued, by procedure. */
  List<WaitingJobs> waiting();

  Optional<Job> find(JobId id);

  /** The job with a {@link SubmitKey#id()}. */
  Optional<Job> findByKey(String submitKey);

  /**
   * Puts a job in the place of what it was made from, if the registry still has that one: the same
   * status and the same claim. For the end of a job the same claim is enough: that it was asked to
   * stop meanwhile does not hinder it. A job that was asked to stop does not wait again unseen.
   *
   * @return whether it had, and so whether this was done
   */
  boolean replace(Job expected, Job next);

  /**
   * As {@link #replace}, but does not wait for a transaction that is about to end the job.
   *
   * @return also false when there is one
   */
  default boolean replaceUnlessBusy(Job expected, Job next) {
    return replace(expected, next);
  }

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
   * Takes the first queued jobs that may start for a node.
   *
   * @param atMost how many
   */
  ClaimPolicy.Claimed claim(String node, int atMost, Instant now, ClaimPolicy policy);

  /** What a node has to know: which jobs it holds and which of them are to stop, and removals. */
  NodeNews news(String node);

  /** The jobs that a node holds, with their secret values masked. */
  List<Job> heldBy(String node);

  /**
   * Ends the queued jobs that may no longer start.
   *
   * @param told is told each of them once that is on record
   * @return how many
   */
  int expire(Instant now, Consumer<Job> told);

  /**
   * Jobs, newest first.
   *
   * @param limit how many at most
   * @param from where to begin, as an earlier page's {@link JobPage#next}; null for the newest
   */
  JobPage list(JobFilter filter, int limit, @Nullable Long from);

  /**
   * How many jobs match, in which state, and when they were accepted: without reading each of them.
   * Of very many only the newest are looked at, and all that wait or run.
   */
  JobSummary summary(JobFilter filter, Instant now);

  /**
   * How many jobs ended, minute by minute, oldest first; without the minutes in which none did.
   *
   * @param since the first moment of a minute, less than a day ago
   */
  List<EndedMinute> endedSince(Instant since);

  /**
   * The jobs that were made from others by a retry.
   *
   * @param ids of the others, at most a thousand
   */
  List<Job> retriesOf(List<JobId> ids);

  /**
   * Looks at some jobs.
   *
   * @return those that are there, in no order
   */
  List<JobGlance> glances(Collection<JobId> ids);

  /**
   * Some jobs, without their long arguments and results, as in a {@link #list}.
   *
   * @return those that are there, in no order
   */
  List<Job> listed(Collection<JobId> ids);

  /**
   * Looks at the jobs that may have changed not long ago: those that a node holds, those that have
   * ended since, and those accepted after some place.
   *
   * @param owners whose; null for everybody's
   * @param after as an earlier {@link RecentJobs#last}, or a little before it, since jobs accepted
   *     at the same time may be seen in another order; null for none of those accepted
   */
  RecentJobs recent(@Nullable Set<String> owners, Instant endedSince, @Nullable Long after);

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

  /**
   * Removes the ended jobs that were to be removed once they had ended. One that is lost stays:
   * somebody has to look at what it did.
   *
   * @return how many
   */
  int removeMarked();

  /**
   * Tells that a node is alive, by the registry's own clock.
   *
   * @param figures what else it tells; null leaves what it told before
   */
  void beat(String node, @Nullable NodeFigures figures);

  /** Tells no more than that. */
  default void beat(String node) {
    beat(node, null);
  }

  /** Tells that a node has stopped. */
  void leave(String node);

  /**
   * The nodes that have beaten and have not left, by their names.
   *
   * @param silence after how long without a beat a node counts as dead
   */
  List<KnownNode> nodes(Duration silence);

  /** How many jobs all nodes hold. */
  List<HeldJobs> held();

  /**
   * The jobs that a node holds which is not alive.
   *
   * @param silence after how long without a beat a node counts as dead; null for only those that
   *     have left, or were never here
   */
  List<Job> orphans(@Nullable Duration silence);

  /**
   * Forgets the nodes that have been silent for so long and hold no job.
   *
   * @return how many
   */
  int forgetNodes(Duration silence);
}
