package org.diferido.oracledouble.backing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;

/**
 * A query of one table FOR UPDATE. Its rows are locked by their primary key: with SKIP LOCKED each
 * one when it is fetched, else all of them before the first is.
 */
final class LockingQuery {

  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?is)(.*)\\bFOR\\s+UPDATE\\b(?:\\s+OF\\s+[\\w.,\\s]+?)?"
              + "(?:\\s+(NOWAIT|SKIP\\s+LOCKED|WAIT\\s+\\d+))?\\s*");
  private static final Pattern TABLE =
      Pattern.compile("(?is)\\bFROM\\s+(?:\"?\\w+\"?\\.)?\"?(\\w+)\"?");
  private static final String KEY = "LOCK_KEY_";

  private final BackingSession session;
  private final String table;
  private final int keys;
  private final String sql;
  private final boolean skips;
  private final boolean waits;

  private LockingQuery(BackingSession session, Matcher clause) {
    this.session = session;
    String option = clause.group(2) == null ? "" : clause.group(2).toUpperCase(Locale.ROOT);
    skips = option.startsWith("SKIP");
    waits = option.isEmpty();
    Matcher from = TABLE.matcher(clause.group(1));
    if (!from.find()) {
      throw new UnknownException("of which table FOR UPDATE is in " + clause.group());
    }
    table = from.group(1).toUpperCase(Locale.ROOT);
    List<String> columns = primaryKey(session.connection(), table);
    keys = columns.size();
    StringBuilder more = new StringBuilder();
    for (int at = 0; at < keys; at++) {
      more.append(", ").append(columns.get(at)).append(" AS ").append(KEY).append(at);
    }
    sql =
        clause.group(1).substring(0, from.start())
            + more
            + " "
            + clause.group(1).substring(from.start());
  }

  static Optional<LockingQuery> of(BackingSession session, String sql) {
    Matcher clause = CLAUSE.matcher(sql);
    return clause.matches() ? Optional.of(new LockingQuery(session, clause)) : Optional.empty();
  }

  private static List<String> primaryKey(Connection connection, String table) {
    List<String> columns = new ArrayList<>();
    try (ResultSet key =
        connection.getMetaData().getPrimaryKeys(null, connection.getSchema(), table)) {
      while (key.next()) {
        columns.add(key.getString("COLUMN_NAME"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    if (columns.isEmpty()) {
      throw new UnknownException("FOR UPDATE of a table without a primary key: " + table);
    }
    return columns;
  }

  Rows run(List<Object> values) throws InterruptedException {
    Rows found = session.execute(sql, values).rows();
    int columns = found.columns().size() - keys;
    Rows rows = new Rows(found.columns().subList(0, columns));
    List<List<Object>> rowKeys = new ArrayList<>();
    for (List<Object> row : found.rows()) {
      List<Object> key = row.subList(columns, row.size());
      if (skips || lock(key, values)) {
        rows.add(row.subList(0, columns));
        rowKeys.add(key);
      }
    }
    return skips ? rows.admitting(row -> tryLock(rowKeys.get(row), values)) : rows;
  }

  private boolean lock(List<Object> key, List<Object> values) throws InterruptedException {
    if (waits) {
      session.locks().acquire(name(key), session);
    } else if (!session.locks().tryAcquire(name(key), session)) {
      throw new OraException(54, "resource busy and acquire with NOWAIT specified");
    }
    return stillMatches(key, values);
  }

  private boolean tryLock(List<Object> key, List<Object> values) {
    return session.locks().tryAcquire(name(key), session) && stillMatches(key, values);
  }

  private Object name(List<Object> key) {
    return List.of(table, List.copyOf(key));
  }

  /** Another one may have changed and committed it between the query and the lock. */
  private boolean stillMatches(List<Object> key, List<Object> values) {
    StringBuilder again = new StringBuilder("SELECT 1 FROM (" + sql + ") WHERE 1 = 1");
    List<Object> all = new ArrayList<>(values);
    for (int at = 0; at < keys; at++) {
      again.append(" AND ").append(KEY).append(at).append(" = ?");
      all.add(key.get(at));
    }
    boolean matches = !session.execute(again.toString(), all).rows().rows().isEmpty();
    if (!matches) {
      session.locks().release(name(key), session);
    }
    session.endReading();
    return matches;
  }
}
