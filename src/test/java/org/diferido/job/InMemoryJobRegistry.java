package org.diferido.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The registry's twin without a database: it forgets everything with the process. */
public final class InMemoryJobRegistry implements JobRegistry {

  private final Clock clock;

  /** The jobs with their secret values, by their place in the queue. */
  private final TreeMap<Long, Job> jobs = new TreeMap<>();

  private final Map<JobId, Long> places = new HashMap<>();
  private final Map<String, Instant> beats = new HashMap<>();
  private long last;

  public InMemoryJobRegistry() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock by which nodes are alive
   */
  public InMemoryJobRegistry(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void add(Job job) {
    last++;
    if (places.putIfAbsent(job.id(), last) != null) {
      throw new IllegalStateException("job " + job.id() + " is there already");
    }
    jobs.put(last, job);
  }

  @Override
  public synchronized long queued() {
    return with(JobStatus.QUEUED).count();
  }

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return whole(id).map(InMemoryJobRegistry::shown);
  }

  @Override
  public synchronized boolean replace(Job expected, Job next) {
    Optional<Job> current = whole(expected.id()).filter(job -> isStill(job, expected));
    // Like the database, this keeps the call it has: the expected job may have a masked one.
    current.ifPresent(job -> put(next, job));
    return current.isPresent();
  }

  @Override
  public synchronized List<Job> claim(String node, int atMost, Instant now) {
    List<Job> oldest =
        with(JobStatus.QUEUED).filter(job -> !job.isTooLate(now)).limit(atMost).toList();
    List<Job> claimed = new ArrayList<>();
    for (Job job : oldest) {
      Job next = job.claimedBy(node, now);
      put(next, job);
      claimed.add(next);
    }
    return claimed;
  }

  @Override
  public synchronized int expire(Instant now) {
    List<Job> tooLate = with(JobStatus.QUEUED).filter(job -> job.isTooLate(now)).toList();
    tooLate.forEach(job -> put(job.expired(now), job));
    return tooLate.size();
  }

  @Override
  public synchronized JobPage list(JobFilter filter, int limit, Long from) {
    List<Long> matching =
        jobs.descendingKeySet().stream().filter(at -> filter.matches(jobs.get(at))).toList();
    List<Long> found =
        matching.stream().filter(at -> from == null || at < from).limit(limit + 1L).toList();
    boolean more = found.size() > limit;
    List<Long> page = more ? found.subList(0, limit) : found;
    return new JobPage(
        page.stream().map(jobs::get).map(InMemoryJobRegistry::shown).toList(),
        matching.size(),
        more ? page.get(limit - 1) : null);
  }

  @Override
  public synchronized boolean remove(Job job) {
    return whole(job.id()).filter(current -> isStill(current, job)).map(this::forget).isPresent();
  }

  @Override
  public synchronized int removeEnded(JobFilter filter) {
    Predicate<Job> ended = job -> job.status().isEnd();
    List<Job> matching = jobs.values().stream().filter(ended.and(filter::matches)).toList();
    matching.forEach(this::forget);
    return matching.size();
  }

  @Override
  public synchronized void beat(String node) {
    beats.put(node, clock.instant());
  }

  @Override
  public synchronized void leave(String node) {
    beats.remove(node);
  }

  @Override
  public synchronized List<Job> orphans(Duration silence) {
    Instant dead = clock.instant().minus(silence);
    return with(JobStatus.RUNNING)
        .filter(
            job ->
                beats
                    .getOrDefault(job.state().heldBy().orElseThrow().node(), Instant.MIN)
                    .isBefore(dead))
        .sorted(Comparator.comparing(job -> places.get(job.id())))
        .map(InMemoryJobRegistry::shown)
        .toList();
  }

  private Stream<Job> with(JobStatus status) {
    return jobs.values().stream().filter(job -> job.status() == status);
  }

  private Optional<Job> whole(JobId id) {
    return Optional.ofNullable(places.get(id)).map(jobs::get);
  }

  private void put(Job next, Job current) {
    jobs.put(places.get(next.id()), withCallOf(current, next));
  }

  private Job forget(Job job) {
    return jobs.remove(places.remove(job.id()));
  }

  private static boolean isStill(Job current, Job expected) {
    return current.status() == expected.status()
        && current
            .state()
            .heldBy()
            .map(InMemoryJobRegistry::fence)
            .equals(expected.state().heldBy().map(InMemoryJobRegistry::fence));
  }

  private static String fence(JobState.Claim claim) {
    return claim.attempt() + "@" + claim.node();
  }

  private static Job shown(Job job) {
    return job.withCall(job.call().masked());
  }

  private static Job withCallOf(Job current, Job next) {
    return new Job(
        next.id(),
        current.owner(),
        current.call(),
        current.labels(),
        current.startBefore(),
        current.createdAt(),
        next.state(),
        next.log());
  }
}
