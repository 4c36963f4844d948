package org.diferido.execution;

import static java.util.stream.Collectors.groupingBy;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCategory;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobPage;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.SubmitKey;
import org.diferido.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What is done to all jobs that match a filter: to the caller's own, or to everybody's when an
 * operator asks. So many at a time, and one after the other: what is done stays done when something
 * goes wrong on the way, and the same request once more does what is left.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ManyJobs {

  /**
   * What is made again without being named: not what somebody stopped, nor what was done, nor what
   * may have been.
   */
  private static final Set<JobStatus> RETRIED_UNNAMED =
      Set.of(JobStatus.FAILED, JobStatus.TIMED_OUT, JobStatus.EXPIRED);

  /** As whose the keys of such retries are known; no caller has this name. */
  private static final String NOBODY = "";

  private final JobRegistry registry;
  private final JobAccess access;
  private final JobDispatcher dispatcher;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected ManyJobs() {
    this(null, null, null);
  }

  @Inject
  public ManyJobs(JobRegistry registry, JobAccess access, JobDispatcher dispatcher) {
    this.registry = registry;
    this.access = access;
    this.dispatcher = dispatcher;
  }

  /**
   * Asks jobs to stop, those that wait before those that run: they would take the free workers.
   * Those that were asked before are left alone.
   *
   * @param most how many at most
   */
  public ManyCancelled cancel(JobFilter asked, int most, Caller caller) {
    Optional<JobFilter> filter = JobAccess.within(asked, caller.managesAllJobs(), caller);
    List<Job> found = new ArrayList<>();
    for (JobStatus status : List.of(JobStatus.QUEUED, JobStatus.RUNNING)) {
      filter.ifPresent(jobs -> addTo(found, jobs.in(Set.of(status)), most + 1));
    }
    int cancelled = 0;
    int cancelling = 0;
    int skipped = 0;
    for (Job job : found.subList(0, Math.min(most, found.size()))) {
      Optional<Job> asks = cancelled(job, caller);
      if (asks.isEmpty()) {
        skipped++;
      } else if (asks.get().status().isEnd()) {
        cancelled++;
      } else {
        cancelling++;
      }
    }
    return new ManyCancelled(cancelled, cancelling, skipped, found.size() > most);
  }

  private void addTo(List<Job> found, JobFilter filter, int most) {
    Long from = null;
    boolean more = found.size() < most;
    while (more) {
      JobPage page = registry.list(filter, most - found.size(), from);
      found.addAll(page.jobs());
      from = page.next();
      more = from != null && found.size() < most;
    }
  }

  private Optional<Job> cancelled(Job job, Caller caller) {
    try {
      return Optional.of(access.cancel(job.id().hex(), caller));
    } catch (FailureException e) {
      if (isAboutTheJob(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether it is this job that cannot be had, and not the service. */
  private static boolean isAboutTheJob(FailureException e) {
    FailureCategory category = e.failure().code().category();
    return category == FailureCategory.REQUEST || category == FailureCategory.SECURITY;
  }

  /**
   * Makes ended jobs again, each once: one that was made again already, by whomever, is skipped.
   *
   * @param named the states that were asked for by name: of jobs that succeeded, were cancelled or
   *     are lost none is made again otherwise
   * @param most how many are looked at
   * @param from where to begin, as an earlier answer's {@link ManyRetried#next}, or null
   * @param request by which this request is known when it comes again, or null: then what it made
   *     the first time is told again, and not made again even if it has failed since
   * @throws FailureException as {@link JobDispatcher#submit} when that holds for all, and none was
   *     made again
   */
  public ManyRetried retry(
      JobFilter asked,
      Set<JobStatus> named,
      int most,
      @Nullable Long from,
      @Nullable String request,
      Caller caller) {
    Optional<JobFilter> filter = JobAccess.within(asked, caller.managesAllJobs(), caller);
    if (filter.isEmpty()) {
      return ManyRetried.NONE;
    }
    Set<JobStatus> states = EnumSet.copyOf(RETRIED_UNNAMED);
    states.addAll(named);
    states.retainAll(JobStatus.ENDS);
    JobPage page = registry.list(filter.get().in(states), most, from);
    List<Job> oldestFirst = new ArrayList<>(page.jobs());
    Collections.reverse(oldestFirst);
    return new Retries(request, caller).of(oldestFirst, page.next());
  }

  /** The retries of one request. */
  private final class Retries {

    private final @Nullable String request;
    private final Caller caller;
    private final List<Job> retried = new ArrayList<>();
    private final List<ManyRetried.Skipped> skipped = new ArrayList<>();

    Retries(@Nullable String request, Caller caller) {
      this.request = request;
      this.caller = caller;
    }

    ManyRetried of(List<Job> jobs, @Nullable Long next) {
      Map<JobId, List<Job>> before =
          registry.retriesOf(jobs.stream().map(Job::id).toList()).stream()
              .collect(groupingBy(job -> original(job).orElseThrow()));
      for (Job job : jobs) {
        try {
          retry(job, before.getOrDefault(job.id(), List.of()));
        } catch (FailureException e) {
          if (retried.isEmpty() && skipped.isEmpty()) {
            throw e;
          }
          Duration pause = e.retryAfter().orElse(null);
          return new ManyRetried(retried, skipped, null, e.failure(), pause);
        }
      }
      return new ManyRetried(retried, skipped, next, null, null);
    }

    private void retry(Job job, List<Job> before) {
      Optional<Job> again = before.stream().filter(this::isOfThisRequest).findFirst();
      if (again.isPresent()) {
        retried.add(again.get());
      } else if (!before.isEmpty() || isOfThisRequest(job)) {
        skip(job, Failure.of(FailureCode.JOB_RETRIED));
      } else {
        make(job);
      }
    }

    private void make(Job job) {
      try {
        retried.add(dispatcher.retry(job.id().hex(), key(job.id()), caller).job());
      } catch (FailureException e) {
        if (!isAboutTheJob(e)) {
          throw e;
        }
        boolean faster = e.failure().code() == FailureCode.KEY_REUSED;
        skip(job, faster ? Failure.of(FailureCode.JOB_RETRIED) : e.failure());
      }
    }

    private void skip(Job job, Failure why) {
      skipped.add(new ManyRetried.Skipped(job.id(), why));
    }

    /** The same for whoever asks, so that of several at once only one makes it. */
    private SubmitKey key(JobId id) {
      String by = request == null ? "" : caller.name().length() + ":" + caller.name() + request;
      return SubmitKey.of(NOBODY, "retry of " + id, by);
    }

    private boolean isOfThisRequest(Job job) {
      return request != null
          && original(job).filter(id -> key(id).equals(job.terms().key())).isPresent();
    }

    private static Optional<JobId> original(Job job) {
      return Optional.ofNullable(job.terms().retryOf());
    }
  }
}
