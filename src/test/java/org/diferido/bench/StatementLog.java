package org.diferido.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.faults.cluster.DatabaseServer;
import org.diferido.it.RoleScripts;

/**
 * What the service asks of the database, as the database logs it. Logging slows, so it is on only
 * while statements are counted, and nothing is timed then.
 */
final class StatementLog implements AutoCloseable {

  private static final Pattern STATEMENT =
      Pattern.compile(
          "counted " + RoleScripts.SERVICE + ":LOG:  (?:statement|execute [^:]*): ?(.*)");

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)(BEGIN|COMMIT|ROLLBACK|SET SESSION CHARACTERISTICS)\\b.*");

  /** By which a call is known in the database: another one for each job. */
  private static final Pattern TAG = Pattern.compile("^/\\*.*?\\*/ *");

  private static final int SHOWN = 90;
  private static final Duration UNTIL_IT_HOLDS = Duration.ofMillis(1500);

  private final DatabaseServer database;

  StatementLog(DatabaseServer database) throws InterruptedException {
    this.database = database;
    set("log_line_prefix = 'counted %u:'", "log_statement = 'all'", "autovacuum = off");
  }

  /** Since a moment. */
  final class Since {

    private final int begin = lines().size();
    private final long transactions = nextTransaction(database.source());

    /** Statements, without the bounds of transactions and the empty ones that try a connection. */
    List<String> statements() {
      List<String> found = new ArrayList<>(all());
      found.removeIf(text -> text.isBlank() || BOUNDARY.matcher(text).matches());
      return found;
    }

    /** Empty statements, by which a pool tries a connection before it gives it out. */
    long tries() {
      return all().stream().filter(String::isBlank).count();
    }

    /** Each transaction that writes takes a number; looking for the next one does not. */
    long writeTransactions() {
      return nextTransaction(database.source()) - transactions;
    }

    /** How often which statement came, their beginnings. */
    Map<String, Long> kinds() {
      return statements().stream()
          .map(text -> text.length() > SHOWN ? text.substring(0, SHOWN) : text)
          .collect(Collectors.groupingBy(text -> text, TreeMap::new, Collectors.counting()));
    }

    private List<String> all() {
      List<String> all = lines();
      return all.subList(begin, all.size()).stream()
          .map(STATEMENT::matcher)
          .filter(Matcher::matches)
          .map(line -> TAG.matcher(line.group(1)).replaceFirst(""))
          .toList();
    }
  }

  /** Counts from here. */
  Since since() {
    return new Since();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(database.log());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long nextTransaction(DataSource source) {
    return Long.parseLong(
        Postgres17.column(source, "SELECT pg_snapshot_xmax(pg_current_snapshot())").get(0));
  }

  private void set(String... settings) throws InterruptedException {
    for (String setting : settings) {
      Postgres17.execute(database.source(), "ALTER SYSTEM SET " + setting);
    }
    Postgres17.execute(database.source(), "SELECT pg_reload_conf()");
    // Each session reads it at its next statement, after the signal has gone round.
    Thread.sleep(UNTIL_IT_HOLDS.toMillis());
  }

  @Override
  public void close() throws InterruptedException {
    set("log_statement = 'none'", "autovacuum = on");
  }
}
