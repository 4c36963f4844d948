package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The rows of ASYNC_JOBS that wait, and how they leave the queue: several in one transaction. */
final class JobQueue {

  private static final int EXPIRED_AT_ONCE = 100;
  private static final String MAY_START =
      "(START_BEFORE IS NULL OR START_BEFORE > :now OR HISTORY IS NOT NULL) AND (NOT_BEFORE IS NULL OR NOT_BEFORE <= :now)";
  private static final String TOO_LATE = "START_BEFORE <= :now AND HISTORY IS NULL";
  private static final String RUNNING =
      "SELECT OWNER, LIMIT_GROUP, COUNT(*) AS RUNNING FROM ASYNC_JOBS WHERE "
          + JobCondition.HELD
          + " GROUP BY OWNER, LIMIT_GROUP";

  private final RegistryDatabase database;
  private final SecretVault vault;

  /** One of this process claims at a time: HSQLDB would have the second undo what it did. */
  private final ReentrantLock claiming = new ReentrantLock();

  JobQueue(RegistryDatabase database, SecretVault vault) {
    this.database = database;
    this.vault = vault;
  }

  /** A job that was found waiting, and the one that takes its place. */
  private record Move(Job expected, Job next) {

    boolean isFirstClaim() {
      return next.status() == JobStatus.RUNNING
          && expected.history().isEmpty()
          && expected.log().isEmpty();
    }
  }

  ClaimPolicy.Claimed claim(String node, int atMost, Instant now, ClaimPolicy policy) {
    if (policy.countsRunning() && !isAnythingWaiting(now)) {
      return new ClaimPolicy.Claimed(List.of(), false, List.of());
    }
    claiming.lock();
    try {
      return claim(node, atMost, now, policy, policy.countsRunning() ? null : List.of());
    } finally {
      claiming.unlock();
    }
  }

  /** So that an idle node need not wait for the others to count. */
  private boolean isAnythingWaiting(Instant now) {
    return database.withAutoCommit(
        (handle, dialect) ->
            !oldest(
                    handle,
                    dialect.firstQueued("JOB_ID", MAY_START, false),
                    new Wanted(MAY_START, 1, now, Set.of(), Set.of()),
                    row -> row.getString("JOB_ID"))
                .isEmpty());
  }

  /**
   * @param known the running jobs; null when they have to be counted
   */
  private ClaimPolicy.Claimed claim(
      String node,
      int atMost,
      Instant now,
      ClaimPolicy policy,
      @Nullable List<ClaimPolicy.Running> known) {
    return database.inTransaction(
        (handle, dialect) -> {
          List<ClaimPolicy.Running> running = known == null ? counted(handle, dialect) : known;
          Choice choice = new Choice(policy.begin(running));
          List<Job> claimed = new ArrayList<>();
          List<Job> ended = new ArrayList<>();
          boolean more = true;
          // Once more for those that were refused, or that somebody else was faster with.
          while (more && claimed.size() < atMost) {
            Wanted wanted = choice.wanted(atMost - claimed.size(), now);
            List<JobRow> rows = waiting(handle, dialect, wanted);
            List<Move> moves =
                rows.stream().filter(choice::admits).map(row -> claimed(row, node, now)).toList();
            int before = claimed.size();
            for (Job job : move(handle, dialect, moves)) {
              (job.status() == JobStatus.RUNNING ? claimed : ended).add(job);
            }
            more = rows.size() == wanted.most || claimed.size() - before < rows.size();
            more &= !rows.isEmpty();
          }
          return new ClaimPolicy.Claimed(claimed, choice.isHeldBack(), ended);
        });
  }

  /** Until the commit nobody else counts. */
  private static List<ClaimPolicy.Running> counted(Handle handle, RegistryDialect dialect) {
    if (dialect.lockCounting().isPresent()) {
      handle.select(dialect.lockCounting().get()).mapTo(String.class).list();
    }
    return handle
        .select(RUNNING)
        .map(
            (row, context) ->
                new ClaimPolicy.Running(
                    row.getString("OWNER"), row.getString("LIMIT_GROUP"), row.getLong("RUNNING")))
        .list();
  }

  /** Which of the jobs that wait are still of interest. */
  private record Wanted(
      String condition, int most, Instant now, Set<String> notOf, Set<String> notIn) {

    String sql() {
      StringBuilder sql = new StringBuilder(condition);
      if (!notOf.isEmpty()) {
        sql.append(" AND OWNER NOT IN (<not_of>)");
      }
      if (!notIn.isEmpty()) {
        sql.append(" AND (LIMIT_GROUP IS NULL OR LIMIT_GROUP NOT IN (<not_in>))");
      }
      return sql.toString();
    }
  }

  /** What a policy has said in one claim. */
  private static final class Choice {

    private final ClaimPolicy.Round round;
    private final Set<String> fullOwners = new LinkedHashSet<>();
    private final Set<String> fullGroups = new LinkedHashSet<>();

    Choice(ClaimPolicy.Round round) {
      this.round = round;
    }

    Wanted wanted(int most, Instant now) {
      return new Wanted(MAY_START, most, now, Set.copyOf(fullOwners), Set.copyOf(fullGroups));
    }

    boolean admits(JobRow row) {
      String owner = row.job().owner();
      String group = row.job().terms().limitGroup();
      switch (round.admit(owner, group)) {
        case ADMITTED -> {
          return true;
        }
        case OWNER_FULL -> fullOwners.add(owner);
        case GROUP_FULL -> fullGroups.add(String.valueOf(group));
      }
      return false;
    }

    boolean isHeldBack() {
      return !fullOwners.isEmpty() || !fullGroups.isEmpty();
    }
  }

  private Move claimed(JobRow row, String node, Instant now) {
    Job masked = row.job();
    if (row.sealed() == null && !masked.call().hasSecrets()) {
      return new Move(masked, masked.claimedBy(node, now));
    }
    return vault
        .open(masked.id(), row.sealed() == null ? new byte[0] : row.sealed())
        .map(call -> masked.withCall(CallJson.read(call)))
        .map(whole -> new Move(whole, whole.claimedBy(node, now)))
        .orElseGet(
            () ->
                new Move(
                    masked, masked.failedUnbegun(Failure.of(FailureCode.SECRETS_NOT_KEPT), now)));
  }

  int expire(Instant now, Consumer<Job> told) {
    Wanted late = new Wanted(TOO_LATE, EXPIRED_AT_ONCE, now, Set.of(), Set.of());
    int expired = 0;
    int found;
    do {
      List<JobRow> rows = new ArrayList<>();
      List<Job> ended =
          database.inTransaction(
              (handle, dialect) -> {
                rows.clear();
                rows.addAll(waiting(handle, dialect, late));
                return move(
                    handle,
                    rows.stream().map(row -> new Move(row.job(), row.job().expired(now))).toList());
              });
      ended.forEach(told);
      expired += ended.size();
      found = rows.size();
    } while (found == EXPIRED_AT_ONCE);
    return expired;
  }

  private static List<JobRow> waiting(Handle handle, RegistryDialect dialect, Wanted wanted) {
    if (!dialect.readsWhatItLocked()) {
      String sql = dialect.firstQueued(JobRow.QUEUED, wanted.sql(), true);
      return oldest(handle, sql, wanted, JobRow::readQueued);
    }
    String sql = dialect.firstQueued("JOB_ID", wanted.sql(), true);
    List<String> locked;
    List<JobRow> rows;
    do {
      locked = oldest(handle, sql, wanted, row -> row.getString("JOB_ID"));
      rows = locked.isEmpty() ? List.of() : queued(handle, locked);
      // Again only if what was locked could leave the queue nevertheless.
    } while (rows.isEmpty() && !locked.isEmpty());
    return rows;
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> oldest(Handle handle, String sql, Wanted wanted, Reading<T> reading) {
    try (Query query = handle.createQuery(sql)) {
      if (!wanted.notOf.isEmpty()) {
        query.bindList("not_of", List.copyOf(wanted.notOf));
      }
      if (!wanted.notIn.isEmpty()) {
        query.bindList("not_in", List.copyOf(wanted.notIn));
      }
      return query
          // A dialect may leave the limit to whoever reads: then no row more may be fetched.
          .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
          .setMaxRows(wanted.most)
          .setFetchSize(wanted.most)
          .bind("now", JobColumns.time(wanted.now))
          .bind("most", wanted.most)
          .map((row, context) -> reading.read(row))
          .list();
    }
  }

  private static List<JobRow> queued(Handle handle, List<String> ids) {
    String sql =
        "SELECT "
            + JobRow.QUEUED
            + " FROM ASYNC_JOBS WHERE STATE = 'queued' AND JOB_ID IN (<ids>)"
            + " ORDER BY PRIORITY, QUEUE_ROUND, QUEUE_NO";
    try (Query query = handle.createQuery(sql)) {
      return query.bindList("ids", ids).map((row, context) -> JobRow.readQueued(row)).list();
    }
  }

  /** As {@link #move(Handle, List)}, with those that differ in nothing in one statement. */
  private static List<Job> move(Handle handle, RegistryDialect dialect, List<Move> moves) {
    List<Move> alike = moves.stream().filter(Move::isFirstClaim).toList();
    if (!dialect.locks() || alike.size() < 2) {
      return move(handle, moves);
    }
    JobReplacement replacement =
        JobReplacement.ofFirstClaims(alike.get(0).expected, alike.get(0).next);
    try (Update update = handle.createUpdate(replacement.sql())) {
      List<String> ids = alike.stream().map(move -> move.expected.id().hex()).toList();
      int moved = update.bindMap(replacement.values()).bindList("ids", ids).execute();
      if (moved != ids.size()) {
        throw new IllegalStateException(moved + " of " + ids.size() + " locked jobs were claimed");
      }
    }
    Set<Job> others =
        Set.copyOf(move(handle, moves.stream().filter(move -> !move.isFirstClaim()).toList()));
    return moves.stream()
        .filter(move -> move.isFirstClaim() || others.contains(move.next))
        .map(Move::next)
        .toList();
  }

  /** Those that could be moved; with the rest somebody else was faster. */
  private static List<Job> move(Handle handle, List<Move> moves) {
    if (moves.isEmpty()) {
      return List.of();
    }
    String sql = JobReplacement.of(moves.get(0).expected, moves.get(0).next).sql();
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      for (Move move : moves) {
        batch.add(JobReplacement.of(move.expected, move.next).values());
      }
      int[] counts = batch.execute();
      List<Job> moved = new ArrayList<>();
      for (int at = 0; at < counts.length; at++) {
        // Oracle and others may say SUCCESS_NO_INFO; those lock the rows they found.
        if (counts[at] != 0) {
          moved.add(moves.get(at).next);
        }
      }
      return moved;
    }
  }
}
