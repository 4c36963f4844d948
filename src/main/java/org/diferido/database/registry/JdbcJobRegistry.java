package org.diferido.database.registry;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.EndedMinute;
import org.diferido.job.HeldJobs;
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
import org.diferido.job.SubmitKey;
import org.diferido.job.WaitingJobs;
import org.diferido.procedure.CallTransaction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The registry in the table ASYNC_JOBS of a database.
 *
 * <p>Jobs come back with their secret values masked, except from {@link #claim}. A {@link #list}
 * does not load results of more than {@value #LONGEST_LISTED} characters of JSON: such a job says
 * there that it was omitted, and has its whole one from {@link #find}. Times are kept to the
 * millisecond.
 */
public final class JdbcJobRegistry implements JobRegistry {

  static final int LONGEST_LISTED = 16_384;

  /**
   * The round of a job that is queued: behind the last of its owner, and not before the one that
   * comes after the jobs in service. So the rows come in a fair order by themselves, and claiming
   * them costs nothing. The queue itself tells its round only when nothing is in service: a row
   * that has to wait for something else keeps an old one.
   */
  private static final String ROUND =
      """
      GREATEST(
        (SELECT COALESCE(MAX(QUEUE_ROUND) + 1, 0) FROM ASYNC_JOBS
          WHERE STATE = 'queued' AND PRIORITY = :PRIORITY AND OWNER = :OWNER),
        COALESCE(
          (SELECT MAX(QUEUE_ROUND) + 1 FROM ASYNC_JOBS
            WHERE STATE IN ('running', 'cancelling') AND PRIORITY = :PRIORITY),
          (SELECT MIN(QUEUE_ROUND) FROM ASYNC_JOBS
            WHERE STATE = 'queued' AND PRIORITY = :PRIORITY),
          0))
      """;

  private final RegistryDatabase database;
  private final SecretVault vault;
  private final JobQueue queue;
  private final JoinedEnds joinedEnds;
  private final NodeRows nodes;
  private final Removals removals;
  private final JobPages pages;
  private final JobGlances glances;
  private final WaitingCounts waiting;
  private final JobSummaries summaries;
  private final EndedCounts ended;
  private final NodeList nodeList;

  public JdbcJobRegistry(RegistryDatabase database, SecretVault vault) {
    this(database, vault, ListBounds.USUAL);
  }

  public JdbcJobRegistry(RegistryDatabase database, SecretVault vault, ListBounds bounds) {
    this.database = database;
    this.vault = vault;
    this.queue = new JobQueue(database, vault);
    this.joinedEnds = new JoinedEnds(database);
    this.nodes = new NodeRows(database);
    this.pages = new JobPages(database, bounds);
    this.removals = new Removals(database, pages);
    this.glances = new JobGlances(database);
    this.waiting = new WaitingCounts(database);
    this.summaries = new JobSummaries(database, bounds);
    this.ended = new EndedCounts(database);
    this.nodeList = new NodeList(database);
  }

  @Override
  public boolean add(Job job) {
    Map<String, Argument> columns = new LinkedHashMap<>(JobColumns.fixed(job));
    columns.putAll(JobColumns.changing(job));
    columns.put("SEALED_PARAMS", LongValues.bytes(sealed(job)));
    String names = String.join(", ", columns.keySet());
    String values = columns.keySet().stream().map(name -> ":" + name).collect(joining(", "));
    boolean waits = job.status() == JobStatus.QUEUED;
    String sql =
        "INSERT INTO ASYNC_JOBS (%s%s) VALUES (%s%s)"
            .formatted(names, waits ? ", QUEUE_ROUND" : "", values, waits ? ", " + ROUND : "");
    try {
      update(sql, columns);
      return true;
    } catch (FailureException e) {
      SubmitKey key = job.terms().key();
      if (key != null && e.failure().code() == FailureCode.INTERNAL_ERROR && hasOther(key, job)) {
        return false;
      }
      throw e;
    }
  }

  private boolean hasOther(SubmitKey key, Job job) {
    return findByKey(key.id()).filter(found -> !found.id().equals(job.id())).isPresent();
  }

  /** Only who waits needs it: who runs has the values already, and nobody else may. */
  private byte @Nullable [] sealed(Job job) {
    return job.status() == JobStatus.QUEUED && job.call().hasSecrets()
        ? vault.seal(job.id(), CallJson.write(job.call()))
        : null;
  }

  @Override
  public Map<String, Long> queuedByOwner() {
    return waiting.byOwner();
  }

  @Override
  public List<WaitingJobs> waiting() {
    return waiting.byProcedure();
  }

  @Override
  public Optional<Job> find(JobId id) {
    return findBy("JOB_ID", id.hex());
  }

  @Override
  public Optional<Job> findByKey(String submitKey) {
    return findBy("SUBMIT_KEY", submitKey);
  }

  private Optional<Job> findBy(String column, String value) {
    return database.withAutoCommit(
        (handle, dialect) ->
            jobs(handle, column + " = :value", Map.of("value", JobColumns.text(value))).stream()
                .findFirst());
  }

  private static List<Job> jobs(Handle handle, String condition, Map<String, Argument> values) {
    String sql = "SELECT " + JobRow.WHOLE + " FROM ASYNC_JOBS WHERE " + condition;
    try (Query query = handle.createQuery(sql)) {
      return query.bindMap(values).map((row, context) -> JobRow.read(row).job()).list();
    }
  }

  @Override
  public boolean replace(Job expected, Job next) {
    JobReplacement replacement = JobReplacement.of(expected, next, sealed(next));
    return update(replacement.sql(), replacement.values()) > 0;
  }

  @Override
  public boolean replaceUnlessBusy(Job expected, Job next) {
    JobReplacement replacement = JobReplacement.of(expected, next, sealed(next));
    return database.inTransaction(
        (handle, dialect) ->
            isFree(handle, dialect, expected)
                && update(handle, replacement.sql(), replacement.values()) > 0);
  }

  private static boolean isFree(Handle handle, RegistryDialect dialect, Job job) {
    String sql = "SELECT JOB_ID FROM ASYNC_JOBS WHERE JOB_ID = :id" + dialect.lockUnlessBusy();
    try (Query query = handle.createQuery(sql)) {
      return query.bind("id", job.id().hex()).mapTo(String.class).findFirst().isPresent();
    }
  }

  @Override
  public boolean joins(CallTransaction transaction) {
    return joinedEnds.arePossible(transaction);
  }

  @Override
  public EndWithin replaceWithin(CallTransaction transaction, Job expected, Job next) {
    return joinedEnds.replace(transaction, JobReplacement.of(expected, next));
  }

  @Override
  public ClaimPolicy.Claimed claim(String node, int atMost, Instant now, ClaimPolicy policy) {
    return queue.claim(node, atMost, now, policy);
  }

  @Override
  public List<Job> heldBy(String node) {
    return database.withAutoCommit(
        (handle, dialect) ->
            jobs(
                handle,
                JobCondition.HELD + " AND NODE = :node",
                Map.of("node", JobColumns.text(node))));
  }

  @Override
  public int expire(Instant now, Consumer<Job> told) {
    return queue.expire(now, told);
  }

  @Override
  public JobPage list(JobFilter filter, int limit, @Nullable Long from) {
    return pages.page(filter, limit, from);
  }

  @Override
  public JobSummary summary(JobFilter filter, Instant now) {
    return summaries.of(filter, now);
  }

  @Override
  public List<EndedMinute> endedSince(Instant since) {
    return ended.since(since);
  }

  @Override
  public List<Job> retriesOf(List<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    String sql = "SELECT " + JobRow.LISTED + " FROM ASYNC_JOBS WHERE RETRY_OF IN (<ids>)";
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(sql)) {
            return query
                .bindList("ids", ids.stream().map(JobId::hex).toList())
                .map((row, context) -> JobRow.read(row).job())
                .list();
          }
        });
  }

  @Override
  public List<JobGlance> glances(Collection<JobId> ids) {
    return glances.of(ids);
  }

  @Override
  public List<Job> listed(Collection<JobId> ids) {
    return glances.listed(ids);
  }

  @Override
  public RecentJobs recent(@Nullable Set<String> owners, Instant endedSince, @Nullable Long after) {
    return glances.recent(owners, endedSince, after);
  }

  @Override
  public boolean remove(Job job) {
    return removals.remove(job);
  }

  @Override
  public int removeEnded(JobFilter filter) {
    return removals.removeEnded(filter);
  }

  @Override
  public int removeMarked() {
    return removals.removeMarked();
  }

  @Override
  public void beat(String node, @Nullable NodeFigures figures) {
    nodes.beat(node, figures);
  }

  @Override
  public List<KnownNode> nodes(Duration silence) {
    return nodeList.nodes(silence);
  }

  @Override
  public List<HeldJobs> held() {
    return nodeList.held();
  }

  @Override
  public void leave(String node) {
    nodes.leave(node);
  }

  @Override
  public NodeNews news(String node) {
    return nodes.news(node);
  }

  @Override
  public List<Job> orphans(@Nullable Duration silence) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          JobCondition condition = NodeRows.orphans(dialect, silence);
          return jobs(handle, condition.sql(), condition.values());
        });
  }

  @Override
  public int forgetNodes(Duration silence) {
    return nodes.forget(silence);
  }

  private int update(String sql, Map<String, Argument> values) {
    return database.withAutoCommit((handle, dialect) -> update(handle, sql, values));
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
