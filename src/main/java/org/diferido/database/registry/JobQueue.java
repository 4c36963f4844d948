package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/** The rows of ASYNC_JOBS that wait, and how they leave the queue: several in one transaction. */
final class JobQueue {

  private static final int EXPIRED_AT_ONCE = 100;
  private static final String MAY_START = "START_BEFORE IS NULL OR START_BEFORE > :now";
  private static final String TOO_LATE = "START_BEFORE <= :now";

  private final RegistryDatabase database;
  private final SecretVault vault;

  JobQueue(RegistryDatabase database, SecretVault vault) {
    this.database = database;
    this.vault = vault;
  }

  /** A job that was found waiting, and the one that takes its place. */
  private record Move(Job expected, Job next) {}

  /** What one transaction found and what it could move; the rest somebody else was faster with. */
  private record Round(int found, List<Job> moved) {}

  List<Job> claim(String node, int atMost, Instant now) {
    List<Job> claimed = new ArrayList<>();
    while (claimed.size() < atMost) {
      Round round;
      try {
        round = claimOnce(node, atMost - claimed.size(), now);
      } catch (FailureException e) {
        if (claimed.isEmpty()) {
          throw e;
        }
        // Those of the rounds before are this node's already, and nobody else would run them.
        break;
      }
      round.moved.stream()
          .filter(job -> job.state() instanceof JobState.Running)
          .forEach(claimed::add);
      if (round.found == 0) {
        break;
      }
    }
    return claimed;
  }

  private Round claimOnce(String node, int most, Instant now) {
    return database.inTransaction(
        (handle, dialect) ->
            move(
                handle,
                waiting(handle, dialect, MAY_START, most, now),
                row -> claimed(row, node, now)));
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
            () -> new Move(masked, masked.failed(Failure.of(FailureCode.SECRETS_NOT_KEPT), now)));
  }

  int expire(Instant now) {
    int expired = 0;
    Round round;
    do {
      round =
          database.inTransaction(
              (handle, dialect) ->
                  move(
                      handle,
                      waiting(handle, dialect, TOO_LATE, EXPIRED_AT_ONCE, now),
                      row -> new Move(row.job(), row.job().expired(now))));
      expired += round.moved.size();
    } while (round.found == EXPIRED_AT_ONCE);
    return expired;
  }

  private static List<JobRow> waiting(
      Handle handle, RegistryDialect dialect, String condition, int most, Instant now) {
    if (!dialect.readsWhatItLocked()) {
      String sql = dialect.oldestQueued(JobRow.QUEUED, condition);
      return oldest(handle, sql, most, now, JobRow::readQueued);
    }
    String sql = dialect.oldestQueued("JOB_ID", condition);
    List<String> locked;
    List<JobRow> rows;
    do {
      locked = oldest(handle, sql, most, now, row -> row.getString("JOB_ID"));
      rows = locked.isEmpty() ? List.of() : queued(handle, locked);
      // Again only if what was locked could leave the queue nevertheless.
    } while (rows.isEmpty() && !locked.isEmpty());
    return rows;
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> oldest(
      Handle handle, String sql, int most, Instant now, Reading<T> reading) {
    try (Query query = handle.createQuery(sql)) {
      return query
          // A dialect may leave the limit to whoever reads: then no row more may be fetched.
          .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
          .setMaxRows(most)
          .setFetchSize(most)
          .bind("now", JobColumns.time(now))
          .bind("most", most)
          .map((row, context) -> reading.read(row))
          .list();
    }
  }

  private static List<JobRow> queued(Handle handle, List<String> ids) {
    String sql =
        "SELECT "
            + JobRow.QUEUED
            + " FROM ASYNC_JOBS WHERE STATE = 'queued' AND JOB_ID IN (<ids>) ORDER BY QUEUE_NO";
    try (Query query = handle.createQuery(sql)) {
      return query.bindList("ids", ids).map((row, context) -> JobRow.readQueued(row)).list();
    }
  }

  private static Round move(Handle handle, List<JobRow> rows, Function<JobRow, Move> step) {
    if (rows.isEmpty()) {
      return new Round(0, List.of());
    }
    List<Move> moves = rows.stream().map(step).toList();
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
      return new Round(rows.size(), moved);
    }
  }
}
