package org.diferido.database.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** A job that was found waiting, and the one that takes its place. */
record Move(Job expected, Job next) {

  boolean isFirstClaim() {
    return next.status() == JobStatus.RUNNING
        && expected.history().isEmpty()
        && expected.log().isEmpty();
  }

  /** As {@link #each}, with those that differ in nothing in one statement. */
  static List<Job> all(Handle handle, RegistryDialect dialect, List<Move> moves) {
    List<Move> alike = moves.stream().filter(Move::isFirstClaim).toList();
    if (!dialect.locks() || alike.size() < 2) {
      return each(handle, moves);
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
        Set.copyOf(each(handle, moves.stream().filter(move -> !move.isFirstClaim()).toList()));
    return moves.stream()
        .filter(move -> move.isFirstClaim() || others.contains(move.next))
        .map(Move::next)
        .toList();
  }

  /** Those that could be moved; with the rest somebody else was faster. */
  static List<Job> each(Handle handle, List<Move> moves) {
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
