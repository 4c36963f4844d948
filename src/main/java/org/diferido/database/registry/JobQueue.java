package org.diferido.database.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.diferido.database.registry.WaitingRows.Wanted;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.jdbi.v3.core.Handle;
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
            WaitingRows.isAny(handle, dialect, new Wanted(MAY_START, 1, now, Set.of(), Set.of())));
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
            List<JobRow> rows = WaitingRows.locked(handle, dialect, wanted);
            List<Move> moves =
                rows.stream().filter(choice::admits).map(row -> claimed(row, node, now)).toList();
            int before = claimed.size();
            for (Job job : Move.all(handle, dialect, moves)) {
              (job.status() == JobStatus.RUNNING ? claimed : ended).add(job);
            }
            more = rows.size() == wanted.most() || claimed.size() - before < rows.size();
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
                rows.addAll(WaitingRows.locked(handle, dialect, late));
                return Move.each(
                    handle,
                    rows.stream().map(row -> new Move(row.job(), row.job().expired(now))).toList());
              });
      ended.forEach(told);
      expired += ended.size();
      found = rows.size();
    } while (found == EXPIRED_AT_ONCE);
    return expired;
  }
}
