package org.diferido.oracledouble.backing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.OraException;

/**
 * LOCK TABLE ... IN EXCLUSIVE MODE between sessions, until each one's transaction ends. HSQLDB's
 * own would hold up every DDL, also that of other tables.
 */
final class TableLocks {

  private static final Pattern LOCK =
      Pattern.compile(
          "(?is)\\s*LOCK\\s+TABLE\\s+(\\S+)\\s+IN\\s+EXCLUSIVE\\s+MODE(\\s+NOWAIT)?\\s*");

  private final Map<String, Object> owners = new HashMap<>();

  /** Whether it was such a statement; then the table is locked. */
  boolean run(String sql, Object owner) throws InterruptedException {
    Matcher lock = LOCK.matcher(sql);
    if (!lock.matches()) {
      return false;
    }
    String table = lock.group(1).replace("\"", "").toUpperCase(Locale.ROOT);
    acquire(table, owner, lock.group(2) == null);
    return true;
  }

  private synchronized void acquire(String table, Object owner, boolean waits)
      throws InterruptedException {
    while (owners.getOrDefault(table, owner) != owner) {
      if (!waits) {
        throw new OraException(54, "resource busy and acquire with NOWAIT specified");
      }
      wait();
    }
    owners.put(table, owner);
  }

  synchronized void release(Object owner) {
    owners.values().removeIf(each -> each == owner);
    notifyAll();
  }
}
