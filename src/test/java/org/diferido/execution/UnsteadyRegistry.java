package org.diferido.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.EndedMinute;
import org.diferido.job.HeldJobs;
import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobGlance;
import org.diferido.job.JobId;
import org.diferido.job.JobPage;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.JobSummary;
import org.diferido.job.KnownNode;
import org.diferido.job.NodeFigures;
import org.diferido.job.NodeNews;
import org.diferido.job.RecentJobs;
import org.diferido.job.WaitingJobs;
import org.diferido.procedure.CallTransaction;

/** A registry that can be away, or do what it is asked and lose the answer. */
final class UnsteadyRegistry implements JobRegistry {

  final JobRegistry kept = new InMemoryJobRegistry();
  volatile boolean away;
  volatile boolean losesAnswers;

  /** Loses only the answers to additions. */
  volatile boolean losesAdditions;

  /** Refuses every end that has a result, as one that does not fit. */
  volatile boolean takesNoResults;

  /** Whether it is in the database of the calls. */
  volatile boolean joins;

  /** Cannot write into the transaction of a call, but leaves it whole. */
  volatile boolean postpones;

  final AtomicInteger refused = new AtomicInteger();

  /** Those that were to be added while it was away. */
  final List<Job> refusedJobs = new CopyOnWriteArrayList<>();

  volatile Runnable beforeClaim = () -> {};

  /** What the next claim finds and cannot begin. */
  final Queue<Job> unclaimable = new ConcurrentLinkedQueue<>();

  /** What is done before anything is answered. */
  volatile Runnable beforeAnswers = () -> {};

  private <T> T asked(Supplier<T> work) {
    beforeAnswers.run();
    if (away) {
      refused.incrementAndGet();
      throw Failure.of(FailureCode.REGISTRY_UNAVAILABLE).toException();
    }
    T answer = work.get();
    if (losesAnswers) {
      refused.incrementAndGet();
      throw Failure.of(FailureCode.REGISTRY_UNAVAILABLE).toException();
    }
    return answer;
  }

  private void told(Runnable work) {
    asked(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public boolean add(Job job) {
    if (away) {
      refusedJobs.add(job);
    }
    if (losesAdditions) {
      kept.add(job);
      throw Failure.of(FailureCode.REGISTRY_UNAVAILABLE).toException();
    }
    return asked(() -> kept.add(job));
  }

  @Override
  public Optional<Job> findByKey(String submitKey) {
    return asked(() -> kept.findByKey(submitKey));
  }

  @Override
  public Map<String, Long> queuedByOwner() {
    return asked(kept::queuedByOwner);
  }

  @Override
  public List<WaitingJobs> waiting() {
    return asked(kept::waiting);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return asked(() -> kept.find(id));
  }

  @Override
  public boolean replace(Job expected, Job next) {
    if (takesNoResults && next.status() == JobStatus.SUCCEEDED) {
      throw Failure.of(FailureCode.INTERNAL_ERROR).toException();
    }
    return asked(() -> kept.replace(expected, next));
  }

  @Override
  public boolean joins(CallTransaction transaction) {
    return joins;
  }

  /** Looks now and writes at the commit, as nobody else can come between in a database. */
  @Override
  public EndWithin replaceWithin(CallTransaction transaction, Job expected, Job next) {
    if (postpones) {
      return EndWithin.POSTPONED;
    }
    boolean still =
        kept.find(expected.id())
            .filter(job -> job.state().heldBy().equals(expected.state().heldBy()))
            .filter(job -> job.status().isHeld())
            .isPresent();
    if (still) {
      ((SteppedGateway.Transaction) transaction).onCommit(() -> kept.replace(expected, next));
    }
    return still ? EndWithin.WRITTEN : EndWithin.NOT_HELD;
  }

  @Override
  public ClaimPolicy.Claimed claim(String node, int atMost, Instant now, ClaimPolicy policy) {
    beforeClaim.run();
    ClaimPolicy.Claimed found = asked(() -> kept.claim(node, atMost, now, policy));
    List<Job> ended = new ArrayList<>();
    for (Job each = unclaimable.poll(); each != null; each = unclaimable.poll()) {
      ended.add(each);
    }
    return new ClaimPolicy.Claimed(found.jobs(), found.heldBack(), ended);
  }

  @Override
  public NodeNews news(String node) {
    return asked(() -> kept.news(node));
  }

  @Override
  public List<Job> heldBy(String node) {
    return asked(() -> kept.heldBy(node));
  }

  @Override
  public int removeMarked() {
    return asked(kept::removeMarked);
  }

  @Override
  public int forgetNodes(Duration silence) {
    return asked(() -> kept.forgetNodes(silence));
  }

  @Override
  public int expire(Instant now, Consumer<Job> told) {
    return asked(() -> kept.expire(now, told));
  }

  @Override
  public JobPage list(JobFilter filter, int limit, Long from) {
    return asked(() -> kept.list(filter, limit, from));
  }

  @Override
  public List<Job> retriesOf(List<JobId> ids) {
    return asked(() -> kept.retriesOf(ids));
  }

  @Override
  public boolean remove(Job job) {
    return asked(() -> kept.remove(job));
  }

  @Override
  public int removeEnded(JobFilter filter) {
    return asked(() -> kept.removeEnded(filter));
  }

  @Override
  public void beat(String node, NodeFigures figures) {
    told(() -> kept.beat(node, figures));
  }

  @Override
  public List<KnownNode> nodes(Duration silence) {
    return asked(() -> kept.nodes(silence));
  }

  @Override
  public List<HeldJobs> held() {
    return asked(kept::held);
  }

  @Override
  public JobSummary summary(JobFilter filter, Instant now) {
    return asked(() -> kept.summary(filter, now));
  }

  @Override
  public List<EndedMinute> endedSince(Instant since) {
    return asked(() -> kept.endedSince(since));
  }

  @Override
  public void leave(String node) {
    told(() -> kept.leave(node));
  }

  @Override
  public List<Job> orphans(Duration silence) {
    return asked(() -> kept.orphans(silence));
  }

  @Override
  public List<JobGlance> glances(Collection<JobId> ids) {
    return asked(() -> kept.glances(ids));
  }

  @Override
  public List<Job> listed(Collection<JobId> ids) {
    return asked(() -> kept.listed(ids));
  }

  @Override
  public RecentJobs recent(Set<String> owners, Instant endedSince, Long after) {
    return asked(() -> kept.recent(owners, endedSince, after));
  }
}
