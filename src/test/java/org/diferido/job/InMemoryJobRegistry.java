package org.diferido.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry's twin without a database: it forgets everything with the process. */
public final class InMemoryJobRegistry implements JobRegistry {

  private final Clock clock;

  /** The jobs with their secret values, by their place in the queue. */
  private final TreeMap<Long, Job> jobs = new TreeMap<>();

  private final Map<JobId, Long> places = new HashMap<>();

  /** In which round of the queue a queued job is. */
  private final Map<JobId, Long> rounds = new HashMap<>();

  private final Map<String, Instant> beats = new HashMap<>();
  private final Map<String, Instant> firstBeats = new HashMap<>();
  private final Map<String, NodeFigures> figures = new HashMap<>();
  private final Set<JobId> removals = new HashSet<>();
  private long last;
  private long removed;

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
  public synchronized boolean add(Job job) {
    SubmitKey key = job.terms().key();
    if (key != null && findByKey(key.id()).isPresent()) {
      return false;
    }
    last++;
    if (places.putIfAbsent(job.id(), last) != null) {
      throw new IllegalStateException("job " + job.id() + " is there already");
    }
    if (job.status() == JobStatus.QUEUED) {
      rounds.put(job.id(), round(job));
    }
    jobs.put(last, job);
    return true;
  }

  /** Behind the last of its owner, and not before the one that comes after the jobs in service. */
  private long round(Job job) {
    List<Job> peers =
        with(JobStatus.QUEUED)
            .filter(each -> each.terms().priority() == job.terms().priority())
            .toList();
    long own =
        peers.stream()
            .filter(each -> each.owner().equals(job.owner()))
            .mapToLong(each -> roundOf(each) + 1)
            .max()
            .orElse(0);
    OptionalLong inService =
        heldJobs()
            .filter(each -> each.terms().priority() == job.terms().priority())
            .mapToLong(each -> roundOf(each) + 1)
            .max();
    return Math.max(
        own, inService.orElseGet(() -> peers.stream().mapToLong(this::roundOf).min().orElse(0)));
  }

  /** What was not queued when it was added waits, once it has to, before the others. */
  private long roundOf(Job job) {
    return rounds.getOrDefault(job.id(), 0L);
  }

  @Override
  public synchronized Optional<Job> findByKey(String submitKey) {
    return jobs.values().stream()
        .filter(job -> job.terms().key() != null && job.terms().key().id().equals(submitKey))
        .findFirst()
        .map(InMemoryJobRegistry::shown);
  }

  @Override
  public synchronized Map<String, Long> queuedByOwner() {
    return with(JobStatus.QUEUED).collect(Collectors.groupingBy(Job::owner, Collectors.counting()));
  }

  @Override
  public synchronized List<WaitingJobs> waiting() {
    Map<Optional<String>, List<Job>> byProcedure =
        with(JobStatus.QUEUED)
            .collect(Collectors.groupingBy(job -> Optional.ofNullable(job.terms().procedure())));
    return byProcedure.entrySet().stream()
        .map(
            each ->
                new WaitingJobs(
                    each.getKey().orElse(null),
                    each.getValue().size(),
                    each.getValue().stream()
                        .map(InMemoryJobRegistry::since)
                        .min(Comparator.naturalOrder())
                        .orElseThrow()))
        .toList();
  }

  private static Instant since(Job job) {
    Instant notBefore = ((JobState.Queued) job.state()).notBefore();
    return job.history().isEmpty() || notBefore == null ? job.createdAt() : notBefore;
  }

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return whole(id).map(InMemoryJobRegistry::shown);
  }

  @Override
  public synchronized boolean replace(Job expected, Job next) {
    boolean ofClaim = expected.status().isHeld() && next.status().isEnd();
    Optional<Job> current =
        whole(expected.id())
            .filter(
                job ->
                    ofClaim
                        ? job.status().isHeld() && hasSameClaim(job, expected)
                        : isStill(job, expected));
    // Like the database, this keeps the call it has: the expected job may have a masked one.
    boolean news =
        expected.status() == next.status() && Objects.equals(expected.stop(), next.stop());
    current.ifPresent(job -> put(news ? withStopOf(job, next) : next, job));
    return current.isPresent();
  }

  @Override
  public synchronized ClaimPolicy.Claimed claim(
      String node, int atMost, Instant now, ClaimPolicy policy) {
    ClaimPolicy.Round round = policy.begin(policy.countsRunning() ? running() : List.of());
    List<Job> waiting =
        with(JobStatus.QUEUED)
            .filter(job -> !job.isTooLate(now) && isDue(job, now))
            .sorted(
                Comparator.<Job>comparingInt(job -> job.terms().priority())
                    .thenComparing(this::roundOf)
                    .thenComparing(job -> places.get(job.id())))
            .toList();
    List<Job> claimed = new ArrayList<>();
    boolean heldBack = false;
    for (Job job : waiting) {
      if (claimed.size() < atMost) {
        if (round.admit(job.owner(), job.terms().limitGroup()) == ClaimPolicy.Verdict.ADMITTED) {
          Job next = job.claimedBy(node, now);
          put(next, job);
          claimed.add(next);
        } else {
          heldBack = true;
        }
      }
    }
    return new ClaimPolicy.Claimed(claimed, heldBack, List.of());
  }

  private static boolean isDue(Job job, Instant now) {
    return job.state() instanceof JobState.Queued queued
        && (queued.notBefore() == null || !queued.notBefore().isAfter(now));
  }

  private List<ClaimPolicy.Running> running() {
    return heldJobs()
        .map(job -> new ClaimPolicy.Running(job.owner(), job.terms().limitGroup(), 1))
        .toList();
  }

  @Override
  public synchronized NodeNews news(String node) {
    return new NodeNews(
        heldBy(node).stream()
            .map(
                job ->
                    new NodeNews.Hold(
                        job.id(), job.state().heldBy().orElseThrow().attempt(), job.stop()))
            .toList(),
        removed);
  }

  @Override
  public synchronized List<Job> heldBy(String node) {
    return heldJobs()
        .filter(job -> job.state().heldBy().orElseThrow().node().equals(node))
        .map(InMemoryJobRegistry::shown)
        .toList();
  }

  @Override
  public synchronized int expire(Instant now, Consumer<Job> told) {
    List<Job> tooLate = with(JobStatus.QUEUED).filter(job -> job.isTooLate(now)).toList();
    for (Job job : tooLate) {
      Job expired = job.expired(now);
      put(expired, job);
      told.accept(shown(expired));
    }
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
  public synchronized JobSummary summary(JobFilter filter, Instant now) {
    List<Job> matching = jobs.values().stream().filter(filter::matches).toList();
    Instant first = JobSummary.firstBin(now);
    Instant before = first.plus(Duration.ofDays(1));
    List<Job> ofTheDay =
        matching.stream()
            .filter(job -> !job.createdAt().isBefore(first) && job.createdAt().isBefore(before))
            .toList();
    Map<Instant, Map<JobStatus, Long>> bins =
        ofTheDay.stream()
            .collect(
                Collectors.groupingBy(
                    job -> JobSummary.binOf(job.createdAt()),
                    Collectors.groupingBy(Job::status, Collectors.counting())));
    return new JobSummary(states(matching), null, JobSummary.bins(now, bins), waits(ofTheDay));
  }

  private static Map<JobStatus, Long> states(List<Job> jobs) {
    return jobs.stream().collect(Collectors.groupingBy(Job::status, Collectors.counting()));
  }

  private static WaitTimes waits(List<Job> jobs) {
    return jobs.stream()
        .flatMap(
            job ->
                job.state().heldBy().stream()
                    .map(claim -> Duration.between(job.createdAt(), claim.startedAt())))
        .reduce(WaitTimes.NONE, WaitTimes::with, WaitTimes::plus);
  }

  @Override
  public synchronized List<EndedMinute> endedSince(Instant since) {
    Map<Instant, List<Job>> byMinute =
        jobs.values().stream()
            .filter(job -> job.state() instanceof JobState.Ended)
            .filter(job -> !endOf(job).isBefore(since))
            .collect(
                Collectors.groupingBy(
                    job -> endOf(job).truncatedTo(ChronoUnit.MINUTES),
                    TreeMap::new,
                    Collectors.toList()));
    return byMinute.entrySet().stream()
        .map(
            each -> new EndedMinute(each.getKey(), states(each.getValue()), waits(each.getValue())))
        .toList();
  }

  private static Instant endOf(Job job) {
    return ((JobState.Ended) job.state()).endedAt();
  }

  @Override
  public synchronized List<Job> retriesOf(List<JobId> ids) {
    return jobs.values().stream()
        .filter(job -> job.terms().retryOf() != null && ids.contains(job.terms().retryOf()))
        .map(InMemoryJobRegistry::shown)
        .toList();
  }

  @Override
  public synchronized List<JobGlance> glances(Collection<JobId> ids) {
    return ids.stream().distinct().flatMap(id -> whole(id).stream()).map(JobGlance::of).toList();
  }

  @Override
  public synchronized List<Job> listed(Collection<JobId> ids) {
    return ids.stream().distinct().flatMap(id -> find(id).stream()).toList();
  }

  @Override
  public synchronized RecentJobs recent(Set<String> owners, Instant endedSince, Long after) {
    List<JobGlance> found =
        jobs.values().stream()
            .filter(job -> owners == null || owners.contains(job.owner()))
            .filter(
                job ->
                    job.status().isHeld()
                        || (job.state() instanceof JobState.Ended ended
                            && !ended.endedAt().isBefore(endedSince))
                        || (after != null && places.get(job.id()) > after))
            .map(JobGlance::of)
            .toList();
    return new RecentJobs(found, jobs.isEmpty() ? 0 : jobs.lastKey());
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
  public synchronized int removeMarked() {
    List<Job> marked =
        jobs.values().stream()
            .filter(job -> job.status().isEnd() && job.status() != JobStatus.LOST)
            .filter(job -> removals.contains(job.id()))
            .toList();
    marked.forEach(this::forget);
    return marked.size();
  }

  @Override
  public synchronized void beat(String node, NodeFigures told) {
    Instant now = clock.instant();
    beats.put(node, now);
    firstBeats.putIfAbsent(node, now);
    if (told != null) {
      figures.put(node, told);
    }
  }

  @Override
  public synchronized void leave(String node) {
    beats.remove(node);
    firstBeats.remove(node);
    figures.remove(node);
  }

  @Override
  public synchronized List<KnownNode> nodes(Duration silence) {
    return beats.keySet().stream()
        .sorted()
        .map(
            node ->
                new KnownNode(
                    node,
                    firstBeats.get(node),
                    beats.get(node),
                    isAlive(node, silence),
                    figures.get(node)))
        .toList();
  }

  @Override
  public synchronized List<HeldJobs> held() {
    Map<HeldJobs, Long> counts =
        heldJobs()
            .collect(
                Collectors.groupingBy(
                    job ->
                        new HeldJobs(
                            job.state().heldBy().orElseThrow().node(),
                            job.owner(),
                            job.terms().limitGroup(),
                            0),
                    Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            each ->
                new HeldJobs(
                    each.getKey().node(),
                    each.getKey().owner(),
                    each.getKey().group(),
                    each.getValue()))
        .toList();
  }

  @Override
  public synchronized List<Job> orphans(Duration silence) {
    return heldJobs()
        .filter(job -> !isAlive(job.state().heldBy().orElseThrow().node(), silence))
        .sorted(Comparator.comparing(job -> places.get(job.id())))
        .map(InMemoryJobRegistry::shown)
        .toList();
  }

  private boolean isAlive(String node, Duration silence) {
    Instant beat = beats.get(node);
    return beat != null && (silence == null || !beat.isBefore(clock.instant().minus(silence)));
  }

  @Override
  public synchronized int forgetNodes(Duration silence) {
    Set<String> holding =
        heldJobs()
            .map(job -> job.state().heldBy().orElseThrow().node())
            .collect(Collectors.toSet());
    int before = beats.size();
    beats.keySet().removeIf(node -> !isAlive(node, silence) && !holding.contains(node));
    return before - beats.size();
  }

  private Stream<Job> heldJobs() {
    return jobs.values().stream().filter(job -> job.status().isHeld());
  }

  private Stream<Job> with(JobStatus status) {
    return jobs.values().stream().filter(job -> job.status() == status);
  }

  private Optional<Job> whole(JobId id) {
    return Optional.ofNullable(places.get(id)).map(jobs::get);
  }

  private void put(Job next, Job current) {
    if (next.stop() != null && next.stop().removeAfter()) {
      removals.add(next.id());
    }
    jobs.put(places.get(next.id()), withCallOf(current, next));
  }

  private Job forget(Job job) {
    removed++;
    return jobs.remove(places.remove(job.id()));
  }

  private static boolean isStill(Job current, Job expected) {
    return current.status() == expected.status() && hasSameClaim(current, expected);
  }

  private static boolean hasSameClaim(Job current, Job expected) {
    return current
        .state()
        .heldBy()
        .map(InMemoryJobRegistry::fence)
        .equals(expected.state().heldBy().map(InMemoryJobRegistry::fence));
  }

  private static String fence(JobState.Claim claim) {
    return claim.attempt() + "@" + claim.node() + " " + claim.startedAt();
  }

  private static Job shown(Job job) {
    return job.withCall(job.call().masked());
  }

  /** What news of progress leave alone: somebody may have asked for a stop meanwhile. */
  private static Job withStopOf(Job current, Job next) {
    return new Job(
        next.id(),
        next.owner(),
        next.call(),
        next.terms(),
        next.createdAt(),
        next.state(),
        next.history(),
        current.stop(),
        next.log());
  }

  private static Job withCallOf(Job current, Job next) {
    return new Job(
        next.id(),
        current.owner(),
        current.call(),
        current.terms(),
        current.createdAt(),
        next.state(),
        next.history(),
        next.stop() == null && next.status() != JobStatus.QUEUED ? current.stop() : next.stop(),
        next.log());
  }
}
