package org.diferido.job;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Language;
import org.diferido.procedure.ProcedurePattern;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs; all conditions have to hold.
 *
 * @param owner only this caller's, or null for everybody's
 * @param states only those in one of these states
 * @param procedure only those of a procedure whose full name in the dictionary it matches, or whose
 *     name as the caller wrote it; or null
 * @param labels only those that have every one of these
 * @param created only those accepted in this time
 * @param endedBefore only those that ended before, or null
 * @param text only those in which it is found, see {@link #matches}; or null
 */
public record JobFilter(
    @Nullable String owner,
    Set<JobStatus> states,
    @Nullable ProcedurePattern procedure,
    List<Label> labels,
    Period created,
    @Nullable Instant endedBefore,
    @Nullable String text) {

  /** In whatever state. */
  public static final Set<JobStatus> ANY_STATE = Set.of(JobStatus.values());

  /** Every job. */
  public static final JobFilter ALL =
      new JobFilter(null, ANY_STATE, null, List.of(), Period.ANY, null, null);

  public JobFilter {
    states = Set.copyOf(states);
    labels = List.copyOf(labels);
  }

  /**
   * The jobs of a caller, or everybody's, that are told by some of the origin's words.
   *
   * @param statuses only these, empty for all
   */
  public JobFilter(
      @Nullable String owner, Set<JobStatus.Reported> statuses, @Nullable Instant endedBefore) {
    this(
        owner,
        statuses.isEmpty() ? ANY_STATE : JobStatus.reportedAs(statuses),
        null,
        List.of(),
        Period.ANY,
        endedBefore,
        null);
  }

  /**
   * A label that a job has.
   *
   * @param name in this very spelling
   * @param value in this very spelling; null for any
   */
  public record Label(String name, @Nullable String value) {

    boolean isOneOf(Map<String, String> labels) {
      return value == null ? labels.containsKey(name) : value.equals(labels.get(name));
    }
  }

  /**
   * A time, half-open, so that one after the other has every moment once.
   *
   * @param from its first moment, or null when it has no beginning
   * @param before the first moment after it, or null when it has no end
   */
  public record Period(@Nullable Instant from, @Nullable Instant before) {

    /** Always. */
    public static final Period ANY = new Period(null, null);

    boolean has(Instant moment) {
      return (from == null || !moment.isBefore(from))
          && (before == null || moment.isBefore(before));
    }
  }

  /** These, if they are in one of some states as well. */
  public JobFilter in(Set<JobStatus> others) {
    Set<JobStatus> both = EnumSet.noneOf(JobStatus.class);
    both.addAll(states);
    both.retainAll(others);
    return new JobFilter(owner, both, procedure, labels, created, endedBefore, text);
  }

  /** These, if they ended before a time. */
  public JobFilter endedBefore(Instant time) {
    return new JobFilter(owner, states, procedure, labels, created, time, text);
  }

  /** Those of one caller among these; empty when these are somebody else's. */
  public Optional<JobFilter> amongJobsOf(String caller) {
    return owner != null && !owner.equals(caller)
        ? Optional.empty()
        : Optional.of(new JobFilter(caller, states, procedure, labels, created, endedBefore, text));
  }

  /** Whether jobs have to be looked through: for what is asked of them there is no index. */
  public boolean isSearch() {
    return procedure != null || !labels.isEmpty() || text != null;
  }

  /**
   * Whether a job is one of them. A text is found, in any case, at the beginning of its id, and
   * anywhere in the procedure's name as the caller wrote it or as the dictionary has it, in its
   * owner's name, in the name or the value of a label, and in the Spanish text of its error.
   */
  public boolean matches(Job job) {
    return (owner == null || owner.equals(job.owner()))
        && states.contains(job.status())
        && created.has(job.createdAt())
        && (endedBefore == null
            || (job.state() instanceof JobState.Ended ended
                && ended.endedAt().isBefore(endedBefore)))
        && (procedure == null || isOf(procedure, job))
        && labels.stream().allMatch(label -> label.isOneOf(job.terms().labels()))
        && (text == null || isIn(job, text.toLowerCase(Locale.ROOT)));
  }

  private static boolean isOf(ProcedurePattern procedure, Job job) {
    String full = job.terms().procedure();
    return procedure.matches(job.call().spelledName()) || (full != null && procedure.matches(full));
  }

  private static boolean isIn(Job job, String sought) {
    return job.id().hex().startsWith(sought)
        || has(job.call().spelledName(), sought)
        || has(job.terms().procedure(), sought)
        || has(job.owner(), sought)
        || job.terms().labels().entrySet().stream()
            .anyMatch(label -> has(label.getKey(), sought) || has(label.getValue(), sought))
        || job.state()
            .failed()
            .filter(failure -> has(failure.text(Language.SPANISH), sought))
            .isPresent();
  }

  private static boolean has(@Nullable String text, String sought) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(sought);
  }
}
