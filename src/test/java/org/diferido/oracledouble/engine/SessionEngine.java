package org.diferido.oracledouble.engine;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.backing.BackingSession;
import org.diferido.oracledouble.backing.BackingSession.Mark;
import org.diferido.oracledouble.catalog.DictionaryQuery;
import org.diferido.oracledouble.catalog.MonitorQuery;
import org.diferido.oracledouble.catalog.SessionInfo;
import org.diferido.oracledouble.catalog.TypeQuery;
import org.diferido.oracledouble.dictionary.Names;
import org.diferido.oracledouble.plsql.BlockRunner;
import org.diferido.oracledouble.session.Engine;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.StatementKind;

/** Decides who answers a statement: the dictionary, the monitor, a procedure or HSQLDB. */
public final class SessionEngine implements Engine {

  private static final Pattern FOR_UPDATE = Pattern.compile("(?is).*\\bFOR\\s+UPDATE\\b.*");
  private static final Pattern ALTER_SESSION = Pattern.compile("(?is)\\s*ALTER\\s+SESSION\\b.*");
  private static final Pattern ALTER_SYSTEM =
      Pattern.compile(
          "(?is)\\s*ALTER\\s+SYSTEM\\s+(CANCEL\\s+SQL|KILL\\s+SESSION)"
              + "\\s+'(\\d+), *(\\d+), *@1'(?:\\s+IMMEDIATE)?\\s*");
  private static final Pattern CURRENT_SCHEMA =
      Pattern.compile("(?is).*\\bCURRENT_SCHEMA\\s*=\\s*(\"[^\"]+\"|\\w+).*");

  private final Instance instance;
  private final SessionInfo info;
  private final BackingSession backing;
  private final BlockRunner blocks;
  private final SessionContext context;
  private boolean transactionOpen;

  public SessionEngine(Instance instance, SessionInfo info) {
    this.instance = instance;
    this.info = info;
    backing = new BackingSession(instance.tables());
    blocks = new BlockRunner(instance.dictionary(), info, backing::connection, instance::journal);
    context = new SessionContext(info);
  }

  @Override
  public Outcome run(Statement statement) throws InterruptedException {
    String sql = statement.sql();
    StatementKind kind = StatementKind.of(sql);
    if (kind == StatementKind.BLOCK) {
      return block(statement);
    }
    List<Object> values = statement.values();
    instance.journal(
        (kind == StatementKind.QUERY ? "query " : "sql ") + sql + (values.isEmpty() ? "" : values));
    if (DictionaryQuery.matches(sql)) {
      return Outcome.query(new DictionaryQuery(instance.dictionary()).run(sql, values));
    }
    if (TypeQuery.matches(sql)) {
      return Outcome.query(new TypeQuery(instance.dictionary()).run(sql, values));
    }
    if (MonitorQuery.matches(sql)) {
      return monitor(sql, values);
    }
    Matcher system = ALTER_SYSTEM.matcher(sql);
    if (system.matches()) {
      return alterSystem(system);
    }
    if (ALTER_SESSION.matcher(sql).matches()) {
      return alterSession(sql);
    }
    Outcome outcome = backing.run(context.resolve(sql), values);
    note(kind, sql);
    return outcome;
  }

  private void note(StatementKind kind, String sql) {
    boolean changes = kind == StatementKind.CHANGE;
    if (changes || kind == StatementKind.LOCK || FOR_UPDATE.matcher(sql).matches()) {
      transaction(true);
    }
    if (kind == StatementKind.DEFINITION) {
      commit();
    }
  }

  /** What a block has changed is undone when it fails. */
  private Outcome block(Statement statement) throws InterruptedException {
    Mark before = backing.mark();
    boolean done = false;
    try {
      transaction(true);
      Outcome outcome = blocks.run(statement);
      done = true;
      return outcome;
    } finally {
      if (!done) {
        backing.undo(before);
      }
    }
  }

  private Outcome monitor(String sql, List<Object> values) {
    if (!instance.mayMonitor()) {
      throw new OraException(942, "table or view does not exist");
    }
    return Outcome.query(MonitorQuery.run(sql, values, info, instance.sessions()));
  }

  private void transaction(boolean open) {
    transactionOpen = open;
    info.transaction(open);
  }

  private Outcome alterSystem(Matcher statement) {
    if (!instance.mayAlterSystem()) {
      throw new OraException(1031, "insufficient privileges");
    }
    int sid = Integer.parseInt(statement.group(2));
    int serial = Integer.parseInt(statement.group(3));
    boolean kills = statement.group(1).toUpperCase(Locale.ROOT).startsWith("KILL");
    boolean found = kills ? instance.kill(sid, serial) : instance.stop(sid, serial);
    if (!found) {
      throw new OraException(30, "User session ID does not exist.");
    }
    return Outcome.changed(0);
  }

  private Outcome alterSession(String sql) {
    Matcher schema = CURRENT_SCHEMA.matcher(sql);
    if (schema.matches()) {
      String name = Names.fold(schema.group(1));
      backing.schema(name);
      info.schema(name);
    }
    return Outcome.changed(0);
  }

  @Override
  public void active(boolean running) {
    info.active(running);
  }

  @Override
  public boolean transactionOpen() {
    return transactionOpen;
  }

  @Override
  public void commit() {
    backing.commit();
    transaction(false);
  }

  @Override
  public void rollback() {
    backing.rollback();
    transaction(false);
  }

  @Override
  public CommitFate fateOfCommit() {
    return instance.fateOfCommit(info);
  }

  @Override
  public void attribute(String name, String value) {
    instance.journal("set " + name + "=" + value);
    info.attribute(name, value);
  }

  @Override
  public void close() {
    backing.close();
  }
}
