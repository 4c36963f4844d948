package org.diferido.oracledouble.backing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.OraException;

/**
 * What sessions have locked until their transactions end: tables, and rows by their keys. HSQLDB's
 * own lock of a table would hold up every DDL, and rows it cannot lock.
 */
final class Locks {

  private static final Pattern TABLE =
      Pattern.compile(
          "(?is)\\s*LOCK\\s+TABLE\\s+(\\S+)\\s+IN\\s+EXCLUSIVE\\s+MODE(\\s+NOWAIT)?\\s*");

  private final Map<Object, Object> owners = new HashMap<>();

  /** Whether it was a LOCK TABLE; then the table is locked. */
  boolean run(String sql, Object owner) throws InterruptedException {
    Matcher lock = TABLE.matcher(sql);
    if (!lock.matches()) {
      return false;
    }
    Object table = lock.group(1).replace("\"", "").toUpperCase(Locale.ROOT);
    if (lock.group(2) == null) {
      acquire(table, owner);
    } else if (!tryAcquire(table, owner)) {
      throw new OraException(54, "resource busy and acquire with NOWAIT specified");
    }
    return true;
  }

  synchronized void acquire(Object what, Object owner) throws InterruptedException {
    while (!tryAcquire(what, owner)) {
      wait();
    }
  }

  /** Whether it is this owner's now. */
  synchronized boolean tryAcquire(Object what, Object owner) {
    return owners.computeIfAbsent(what, each -> owner) == owner;
  }

  synchronized void release(Object what, Object owner) {
    owners.remove(what, owner);
    notifyAll();
  }

  synchronized void releaseAll(Object owner) {
    owners.values().removeIf(each -> each == owner);
    notifyAll();
  }
}
