package org.diferido.database.registry;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/** Removals of jobs, which are counted in DIFERIDO_REMOVALS so that all nodes hear of them. */
final class Removals {

  private static final String COUNT = "UPDATE DIFERIDO_REMOVALS SET REMOVALS = REMOVALS + 1";
  private static final String FIRST = "INSERT INTO DIFERIDO_REMOVALS (REMOVALS) VALUES (1)";

  private final RegistryDatabase database;

  /** One of this process at a time: HSQLDB would have the second undo what it did. */
  private final ReentrantLock removing = new ReentrantLock();

  Removals(RegistryDatabase database) {
    this.database = database;
  }

  /**
   * Deletes jobs. Counted last, since whoever removes next waits for the count's row.
   *
   * @return how many
   */
  int delete(String sql, Map<String, Argument> values) {
    removing.lock();
    try {
      return database.inTransaction(
          (handle, dialect) -> {
            int removed = update(handle, sql, values);
            // Two nodes may both be the first: then each row counts, and their sum is what is read.
            if (removed > 0 && update(handle, COUNT, Map.of()) == 0) {
              update(handle, FIRST, Map.of());
            }
            return removed;
          });
    } finally {
      removing.unlock();
    }
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
