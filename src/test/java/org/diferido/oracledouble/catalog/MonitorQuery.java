package org.diferido.oracledouble.catalog;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diferido.oracledouble.catalog.SelectList.Source;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;

/**
 * V$SESSION or GV$SESSION, alone or with the newest row of V$SESSION_LONGOPS at its right. Its
 * binds are client identifiers, or a SID and a SERIAL#; it has no others.
 */
public final class MonitorQuery {

  private static final String SESSIONS = "V$SESSION";
  private static final String OPERATIONS = "V$SESSION_LONGOPS";
  private static final Pattern BY_CLIENT =
      Pattern.compile("(?is).*\\bCLIENT_IDENTIFIER\\s*(?:=|IN\\b).*");
  private static final Pattern ONLY_ACTIVE = Pattern.compile("(?i)\\bSTATUS\\s*=\\s*'ACTIVE'");
  private static final Pattern OR_TRANSACTION =
      Pattern.compile("(?i)\\bOR\\s+(?:\\w+\\.)?TADDR\\s+IS\\s+NOT\\s+NULL\\b");
  private static final Pattern BUT_ITSELF =
      Pattern.compile("(?i)\\bNOT\\s*\\((?:\\w+\\.)?SID\\s*=\\s*SYS_CONTEXT\\(");
  private static final Pattern BY_SID = Pattern.compile("(?is).*\\bSID\\s*=\\s*:.*");

  /**
   * @param operation null when there is none
   */
  private record Row(SessionInfo session, LongOperation operation) {}

  private MonitorQuery() {}

  public static boolean matches(String sql) {
    return sql.toUpperCase(Locale.ROOT).contains(SESSIONS);
  }

  /**
   * The answer to such a query.
   *
   * @param asking the session that asks
   */
  public static Rows run(
      String sql, List<Object> binds, SessionInfo asking, Stream<SessionInfo> sessions) {
    List<Row> rows =
        sessions
            .filter(condition(sql, binds))
            .filter(session -> isShown(sql, session))
            .filter(session -> session != asking || !BUT_ITSELF.matcher(sql).find())
            .map(each -> new Row(each, operation(sql, each)))
            .toList();
    return SelectList.of(sql)
        .select(
            Map.of(
                SelectList.alias(sql, sessions(sql)), SESSION_COLUMNS,
                operationsAlias(sql), OPERATION_COLUMNS),
            rows);
  }

  private static String sessions(String sql) {
    return sql.toUpperCase(Locale.ROOT).contains("G" + SESSIONS) ? "G" + SESSIONS : SESSIONS;
  }

  private static boolean isShown(String sql, SessionInfo session) {
    return session.isActive()
        || !ONLY_ACTIVE.matcher(sql).find()
        || (session.hasTransaction() && OR_TRANSACTION.matcher(sql).find());
  }

  /** Who asks for what was told of since the call began gets nothing older. */
  private static LongOperation operation(String sql, SessionInfo session) {
    boolean ofThisCall = sql.toUpperCase(Locale.ROOT).contains("LAST_CALL_ET");
    return session
        .newestOperation()
        .filter(newest -> !ofThisCall || !newest.updated().isBefore(session.lastCall()))
        .orElse(null);
  }

  private static String operationsAlias(String sql) {
    return SelectList.alias(sql, OPERATIONS);
  }

  private static Predicate<SessionInfo> condition(String sql, List<Object> binds) {
    if (BY_CLIENT.matcher(sql).matches() && !binds.isEmpty()) {
      List<Object> wanted = new ArrayList<>(binds);
      return session ->
          session.attribute("CLIENTID") != null && wanted.contains(session.attribute("CLIENTID"));
    }
    if (BY_SID.matcher(sql).matches() && binds.size() == 2) {
      return session ->
          binds.get(0).toString().equals(Integer.toString(session.sid()))
              && binds.get(1).toString().equals(Integer.toString(session.serial()));
    }
    throw new UnknownException("which sessions are meant by " + sql);
  }

  private static final Map<String, Source<Row>> SESSION_COLUMNS =
      Map.ofEntries(
          entry("SID", Source.of("NUMBER", row -> row.session.sid())),
          entry("SERIAL#", Source.of("NUMBER", row -> row.session.serial())),
          entry("INST_ID", Source.of("NUMBER", row -> 1)),
          entry("USERNAME", Source.of("VARCHAR2(128)", row -> row.session.user())),
          entry(
              "STATUS",
              Source.of("VARCHAR2(8)", row -> row.session.isActive() ? "ACTIVE" : "INACTIVE")),
          entry("CLIENT_IDENTIFIER", attribute("VARCHAR2(64)", "CLIENTID")),
          entry("MODULE", attribute("VARCHAR2(64)", "MODULE")),
          entry("ACTION", attribute("VARCHAR2(64)", "ACTION")),
          entry("CLIENT_INFO", attribute("VARCHAR2(64)", "CLIENT_INFO")),
          entry("LAST_CALL_ET", Source.of("NUMBER", row -> row.session.secondsSinceLastCall())));

  private static final Map<String, Source<Row>> OPERATION_COLUMNS =
      Map.ofEntries(
          entry("OPNAME", of("VARCHAR2(64)", LongOperation::name)),
          entry("SOFAR", of("NUMBER", LongOperation::done)),
          entry("TOTALWORK", of("NUMBER", LongOperation::total)),
          entry("UNITS", of("VARCHAR2(32)", LongOperation::units)),
          entry("MESSAGE", of("VARCHAR2(512)", LongOperation::message)),
          entry("LAST_UPDATE_TIME", of("DATE", LongOperation::updated)));

  private static Source<Row> attribute(String type, String name) {
    return Source.of(type, row -> row.session.attribute(name));
  }

  private static Source<Row> of(String type, Function<LongOperation, Object> value) {
    return Source.of(type, row -> row.operation == null ? null : value.apply(row.operation));
  }
}
