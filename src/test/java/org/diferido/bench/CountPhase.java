package org.diferido.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.diferido.it.Client;

/** What the service asks of the database, counted in the database's own log. */
final class CountPhase {

  private static final int JOBS = 200;

  private static final int WAITING_JOBS = 2000;

  private static final int POLLS = 20;
  private static final int MINUTE = 60;

  /** After which a node that nobody asks anything is idle. */
  private static final Duration SETTLED = Duration.ofSeconds(70);

  /** More than the longest of the intervals at which a node asks something: its cleaning, 60 s. */
  private static final Duration WATCHED = Duration.ofSeconds(65);

  /** After a minute without questions it takes a moment until a node listens again. */
  private static final Duration LISTENING = Duration.ofSeconds(3);

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
      polls(log, 0, "ended jobs", table.ended(POLLS), anyway(log));
      try (Gate gate = new Gate(stand, table)) {
        gate.occupy(stand, 4);
        polls(log, 0, "running jobs", running(), anyway(log));
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
      polls(log, 1, "ended jobs of another node", table.ended(POLLS), anyway(log));
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
    AtomicLong millis = new AtomicLong();
    Cost all =
        costWhileBusy(
            log,
            () -> {
              long begin = System.nanoTime();
              load.load(Map.of("body", noOp, "most", "" + WAITING_JOBS));
              millis.set(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            });
    // What the calls cost that keep the workers busy, and the node anyway, while they do.
    Cost without = costWhileBusy(log, () -> Thread.sleep(millis.get()));
    String name = "job that waits";
    figures.add(
        "statements per " + name, (double) (all.statements - without.statements) / WAITING_JOBS);
    figures.add(
        "tries of connections per " + name, (double) (all.tries - without.tries) / WAITING_JOBS);
    figures.add(
        "write transactions per " + name, (double) (all.writes - without.writes) / WAITING_JOBS);
    kinds(name, all.since);
    kinds(name + ", but for the jobs", without.since);
  }

  private record Cost(StatementLog.Since since, long statements, long tries, long writes) {}

  /** From a moment in which every worker is busy until there is nothing to do. */
  private Cost costWhileBusy(StatementLog log, Counted counted) throws Exception {
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, stand.workers());
      StatementLog.Since since = log.since();
      counted.happen();
      gate.open();
      table.awaitNoneLive();
      return new Cost(since, since.statements().size(), since.tries(), since.writeTransactions());
    }
  }

  /** Without what the node does anyway, which is known by its words. */
  private void polls(StatementLog log, int node, String name, List<String> ids, Set<String> anyway)
      throws Exception {
    Client client = stand.client(node);
    StatementLog.Since first = log.since();
    ids.forEach(client::job);
    poll("first poll of " + name, first, anyway, ids.size());
    // Somebody asks again: from here on the node listens for what becomes of jobs elsewhere.
    Thread.sleep(LISTENING.toMillis());
    StatementLog.Since since = log.since();
    int rounds = Math.max(1, POLLS / ids.size());
    for (int round = 0; round < rounds; round++) {
      ids.forEach(client::job);
    }
    poll("poll of " + name, since, anyway, rounds * ids.size());
  }

  private void poll(String name, StatementLog.Since since, Set<String> anyway, int times) {
    long own = since.statements().stream().filter(text -> !anyway.contains(text)).count();
    figures.add("statements per " + name, (double) own / times);
    figures.add("tries of connections per " + name, (double) since.tries() / times);
    kinds(name, since);
  }

  /** The words of what the nodes ask for by themselves, in as long as it takes to see each. */
  private Set<String> anyway(StatementLog log) throws InterruptedException {
    StatementLog.Since since = log.since();
    Thread.sleep(WATCHED.toMillis());
    return Set.copyOf(since.statements());
  }

  private List<String> running() {
    return new Phases(stand, settings, figures, "").runningIds();
  }

  private void idle(StatementLog log) throws Exception {
    // For a minute after the last question the node still listens for removals.
    Thread.sleep(SETTLED.toMillis());
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
