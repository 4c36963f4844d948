package org.diferido.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diferido.it.Client;

/** What the service asks of the database, counted in the database's own log. */
final class CountPhase {

  private static final int JOBS = 200;
  private static final int POLLS = 20;
  private static final int MINUTE = 60;

  private final Stand stand;
  private final BenchSettings settings;
  private final Figures figures;
  private final JobTable table;

  CountPhase(Stand stand, BenchSettings settings, Figures figures) {
    this.stand = stand;
    this.settings = settings;
    this.figures = figures;
    this.table = new JobTable(stand.database());
  }

  /** Something that is counted. */
  private interface Counted {
    void happen() throws Exception;
  }

  /** Jobs that find a worker, jobs that wait, polls, and nothing at all. */
  void onOneNode() throws Exception {
    table.awaitNoneLive();
    try (StatementLog log = new StatementLog(stand.database())) {
      oneByOne(log);
      drained(log);
      polls(log, 0, "ended jobs", table.ended(POLLS));
      try (Gate gate = new Gate(stand, table)) {
        gate.occupy(stand, 4);
        polls(log, 0, "running jobs", running());
        gate.open();
        table.awaitNoneLive();
      }
      idle(log);
    }
  }

  /** Polls at a node that has not run the job. */
  void onAnotherNode() throws Exception {
    table.awaitNoneLive();
    try (StatementLog log = new StatementLog(stand.database())) {
      polls(log, 1, "ended jobs of another node", table.ended(POLLS));
    }
  }

  private void oneByOne(StatementLog log) throws Exception {
    LoadProcess load = new LoadProcess(stand);
    String noOp = BenchProcedures.request(BenchProcedures.NOTHING);
    double seconds = (double) JOBS / Phases.RATE / 2;
    count(
        log,
        "job that finds a worker",
        JOBS,
        () -> {
          load.load(Map.of("body", noOp, "seconds", "" + seconds, "rate", "" + 2 * Phases.RATE));
          table.awaitNoneLive();
        });
  }

  private void drained(StatementLog log) throws Exception {
    LoadProcess load = new LoadProcess(stand);
    String noOp = BenchProcedures.request(BenchProcedures.NOTHING);
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, stand.workers());
      count(
          log,
          "job that waits",
          JOBS,
          () -> {
            load.load(Map.of("body", noOp, "most", "" + JOBS));
            gate.open();
            table.awaitNoneLive();
          });
    }
  }

  private void polls(StatementLog log, int node, String name, List<String> ids) throws Exception {
    Client client = stand.client(node);
    int rounds = Math.max(1, POLLS / ids.size());
    count(log, "first poll of " + name, ids.size(), () -> ids.forEach(client::job));
    count(
        log,
        "poll of " + name,
        rounds * ids.size(),
        () -> {
          for (int round = 0; round < rounds; round++) {
            ids.forEach(client::job);
          }
        });
  }

  private List<String> running() {
    return new Phases(stand, settings, figures, "").runningIds();
  }

  private void idle(StatementLog log) throws Exception {
    StatementLog.Since since = log.since();
    Thread.sleep(Duration.ofSeconds(settings.idleSeconds()).toMillis());
    double minutes = (double) settings.idleSeconds() / MINUTE * stand.nodes().size();
    figures.add("statements per idle minute", since.statements().size() / minutes);
    figures.add("tries of connections per idle minute", since.tries() / minutes);
    figures.add("write transactions per idle minute", since.writeTransactions() / minutes);
    kinds("idle", since);
  }

  private void count(StatementLog log, String name, int times, Counted counted) throws Exception {
    StatementLog.Since since = log.since();
    counted.happen();
    figures.add("statements per " + name, (double) since.statements().size() / times);
    figures.add("tries of connections per " + name, (double) since.tries() / times);
    figures.add("write transactions per " + name, (double) since.writeTransactions() / times);
    kinds(name, since);
  }

  private static void kinds(String name, StatementLog.Since since) {
    since
        .kinds()
        .forEach((text, times) -> System.out.printf("bench  %s: %5d  %s%n", name, times, text));
  }
}
