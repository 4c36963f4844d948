package org.diferido.database.registry;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/**
 * Removals of jobs, which are counted in DIFERIDO_REMOVALS so that all nodes hear of them. Each
 * process counts in a row of its own, by chance: one that is paused before its commit does not keep
 * the others from removing.
 */
final class Removals {

  private static final int SLOTS = 1000;
  private static final String COUNT =
      "UPDATE DIFERIDO_REMOVALS SET REMOVALS = REMOVALS + 1 WHERE SLOT = :slot";
  private static final String FIRST =
      "INSERT INTO DIFERIDO_REMOVALS (SLOT, REMOVALS) VALUES (:slot, 1)";

  private final RegistryDatabase database;
  private final Map<String, Argument> slot =
      Map.of("slot", JobColumns.number((long) new SecureRandom().nextInt(SLOTS)));

  /** One at a time where the database would have the second undo what it did. */
  private final ReentrantLock removing = new ReentrantLock(true);

  Removals(RegistryDatabase database) {
    this.database = database;
  }

  /**
   * Deletes jobs, and counts that if there were any.
   *
   * @return how many
   */
  int delete(String sql, Map<String, Argument> values) {
    if (database.locks()) {
      return deleted(sql, values);
    }
    removing.lock();
    try {
      return deleted(sql, values);
    } finally {
      removing.unlock();
    }
  }

  private int deleted(String sql, Map<String, Argument> values) {
    return database.inTransaction(
        (handle, dialect) -> {
          int removed = update(handle, sql, values);
          if (removed > 0 && update(handle, COUNT, slot) == 0) {
            // Another may do the same: then both rows count, and their sum is what is read.
            update(handle, FIRST, slot);
          }
          return removed;
        });
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
