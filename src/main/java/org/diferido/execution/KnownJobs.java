package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.NodeNews;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of which this node can tell without asking the registry: those whose calls it has in the
 * database at this moment, and those it has read after their end. Clients ask many times for each
 * job; what they are told from here is as old as the last {@linkplain #hear news of the registry},
 * a second as a rule, and with older news nothing is told from here.
 */
@Singleton
public class KnownJobs {

  /** How long after somebody asked for an ended job the node goes on listening for removals. */
  private static final Duration LISTENS = Duration.ofMinutes(1);

  private final RunningCalls calls;
  private final Clock clock;
  private final Duration newsHold;
  private final EndedJobs ended = new EndedJobs();
  private volatile @Nullable Heard heard;
  private long doubts;
  private volatile Instant listensUntil = Instant.MIN;

  /**
   * What was heard.
   *
   * @param asked when the registry was asked
   * @param attempts of the jobs that this node held
   */
  private record Heard(Instant asked, Map<JobId, Integer> attempts, long removals) {}

  /** What was known when a job was looked for, to remember it by. */
  record Look(@Nullable Job job, long generation) {}

  @Inject
  public KnownJobs(RunningCalls calls, ServiceSettings settings, Clock clock) {
    this.calls = calls;
    this.clock = clock;
    this.newsHold = settings.stopping().poll().multipliedBy(3);
  }

  /** A job, if this node can tell; else who has it from the registry may {@link #remember} it. */
  Look find(JobId id) {
    Instant now = clock.instant();
    // Before the job: what is read while it is removed is not to be remembered.
    long generation = ended.generation();
    Heard news = heard;
    if (news == null || !isBetween(now, news.asked, news.asked.plus(newsHold))) {
      return new Look(null, generation);
    }
    Job running = calls.inDatabase(id);
    Job known = running == null ? ended.find(id, now) : isHeld(running, news, now) ? running : null;
    if (known != null && running == null) {
      listensUntil = now.plus(LISTENS);
    }
    return new Look(known, generation);
  }

  /** A clock that was set back makes neither old news new, nor an old claim. */
  private static boolean isBetween(Instant now, Instant from, Instant until) {
    return !now.isBefore(from) && now.isBefore(until);
  }

  /** Whether the registry said so, or was asked for the claim after it was asked for news. */
  private static boolean isHeld(Job running, Heard news, Instant now) {
    return running
        .state()
        .heldBy()
        .filter(
            claim ->
                Integer.valueOf(claim.attempt()).equals(news.attempts.get(running.id()))
                    || isBetween(claim.startedAt(), news.asked.plusNanos(1), now.plusNanos(1)))
        .isPresent();
  }

  /** Remembers a job from the registry, if it can only be removed from now on. */
  void remember(Job job, Look look) {
    boolean stays = job.stop() == null || !job.stop().removeAfter();
    if (job.status().isEnd() && stays) {
      Instant now = clock.instant();
      listensUntil = now.plus(LISTENS);
      ended.add(job, look.generation, now);
    }
  }

  /** Has nothing told from here until the next news: something was done that they do not know. */
  synchronized void distrust() {
    doubts++;
    heard = null;
  }

  /** What {@link #hear} has to be given of before the registry was asked. */
  synchronized long doubts() {
    return doubts;
  }

  /** A job was removed here. */
  void forget(JobId id) {
    ended.forget(id);
  }

  /** Jobs were removed here. */
  void forgetEnded() {
    ended.forgetAll();
  }

  /** Whether somebody asks for jobs that others could remove. */
  boolean listens() {
    return clock.instant().isBefore(listensUntil);
  }

  /**
   * Takes news of the registry.
   *
   * @param asked when it was asked for them
   * @param doubtsBefore the {@link #doubts} at that time
   */
  synchronized void hear(NodeNews news, Instant asked, long doubtsBefore) {
    Heard before = heard;
    if (before == null || before.removals != news.removals()) {
      ended.forgetAll();
    }
    heard =
        doubts != doubtsBefore
            ? null
            : new Heard(
                asked,
                news.holds().stream()
                    .collect(Collectors.toMap(NodeNews.Hold::id, NodeNews.Hold::attempt)),
                news.removals());
  }
}
