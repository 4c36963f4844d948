package org.diferido.bench;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is measured of the service; a prefix tells in which part of the run. */
final class Phases {

  /** Jobs in a second of the open loop, few enough that nothing waits for anything. */
  static final int RATE = 20;

  private static final int ENDED_POLLED = 100;
  private static final int RUNNING_POLLED = 8;
  private static final int LEAST_DRAINED = 100;
  private static final int MOST_DRAINED = 20_000;

  /** No-op jobs in a second, before it is known how many the service does. */
  private static final double GUESSED_RATE = 400;

  private static final double CALLS_OF_A_WORKER = 10;
  private static final int LOOP = 32;
  private static final int MOST_WARM_UPS = 8;
  private static final double HARDLY_LESS = 0.9;

  /** In seconds. */
  private static final int LONGEST_COMPILATION = 60;

  /** CPU time of a node that nobody asks anything and that compiles nothing, at most. */
  private static final long IDLE_MILLIS_A_SECOND = 100;

  private final Stand stand;
  private final LoadProcess load;
  private final JobTable table;
  private final BenchSettings settings;
  private final Figures figures;
  private final String prefix;

  Phases(Stand stand, BenchSettings settings, Figures figures, String prefix) {
    this(stand, settings, figures, prefix, 0);
  }

  /**
   * @param running jobs that run all the time
   */
  Phases(Stand stand, BenchSettings settings, Figures figures, String prefix, int running) {
    this.stand = stand;
    this.load = new LoadProcess(stand);
    this.table = new JobTable(stand.database(), running);
    this.settings = settings;
    this.figures = figures;
    this.prefix = prefix;
  }

  static double decimal(JsonObject measured, String name) {
    return measured.getJsonNumber(name).doubleValue();
  }

  static void percentiles(Figures figures, String name, JsonObject measured) {
    for (String each : List.of("p50", "p95", "p99")) {
      figures.add(name + " " + each + " ms", decimal(measured, each));
    }
  }

  /**
   * Answers that were not as they should be are no measurement: a figure of errors would look fast.
   */
  static void refuseErrors(String name, JsonObject measured, String... expected) {
    JsonObject statuses = measured.getJsonObject("statuses");
    if (statuses.isEmpty()
        || !Set.of(expected).containsAll(statuses.keySet())
        || measured.getInt("errors") > 0) {
      throw new IllegalStateException(
          name + ": answers " + statuses + ", errors " + measured.getInt("errors"));
    }
  }

  /** Jobs as they come, in no hurry: how long each waits. */
  void openLoop() throws Exception {
    long newest = table.newest();
    String name = prefix + "submit at 20/s";
    JsonObject measured = load.load(timed(Map.of("body", noOp(), "rate", "" + RATE)));
    table.awaitNoneLive();
    refuseErrors(name, measured, "202");
    percentiles(figures, name, measured);
    int counted = measured.getInt("count");
    for (double part : new double[] {0.50, 0.95, 0.99}) {
      String which = " p" + Math.round(part * 100) + " ms";
      figures.add(
          prefix + "accepted->started" + which,
          table.acceptedTo("STARTED_AT", part, newest, counted));
      figures.add(
          prefix + "accepted->ended" + which, table.acceptedTo("END_TIME", part, newest, counted));
    }
  }

  /**
   * Jobs that are not measured, and polls of them, in rounds, until one costs the service hardly
   * less than the one before: then its ways are compiled. On few cores the compilers hardly get
   * their turn beside a load, so after each round nobody asks anything until they are done.
   */
  void warmUp() throws Exception {
    double before = Double.MAX_VALUE;
    for (int round = 1; round <= MOST_WARM_UPS; round++) {
      double cost = warmUpRound();
      awaitCompilers();
      System.out.printf("bench  %swarm-up %d: %.2f ms for each job%n", prefix, round, cost);
      if (cost > before * HARDLY_LESS) {
        return;
      }
      before = cost;
    }
    figures.note(prefix + "the service was still getting faster after its warm-up");
  }

  /** CPU time of the service for each job, in ms, with what else is done. */
  private double warmUpRound() throws Exception {
    Cpu cpu = new Cpu(stand);
    int jobs = settings.warmUpJobs();
    load.load(Map.of("body", noOp(), "most", "" + jobs));
    table.awaitNoneLive();
    Path ids = Files.write(stand.folder().resolve("ids"), table.ended(ENDED_POLLED));
    load.load(Map.of("ids", "" + ids, "most", "" + jobs));
    load.load(Map.of("ids", "" + ids, "conditional", "true", "most", "" + jobs));
    load.load(Map.of("path", "/ping", "most", "" + jobs));
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, stand.workers());
      load.load(Map.of("body", noOp(), "most", "" + jobs));
      gate.open();
      table.awaitNoneLive();
    }
    return (double) cpu.serviceMillisSince() / jobs;
  }

  private void awaitCompilers() throws Exception {
    for (int second = 0; second < LONGEST_COMPILATION; second++) {
      Cpu cpu = new Cpu(stand);
      Thread.sleep(1000);
      if (cpu.serviceMillisSince() < IDLE_MILLIS_A_SECOND * stand.nodes().size()) {
        return;
      }
    }
  }

  /** As many jobs as it takes, and what each costs until it has ended. */
  void submits() throws Exception {
    table.vacuum();
    long newest = table.newest();
    Cpu cpu = new Cpu(stand);
    String name = prefix + "submits";
    JsonObject measured = load.load(timed(Map.of("body", noOp())));
    table.awaitNoneLive();
    refuseErrors(name, measured, "202");
    figures.add(name + "/s", decimal(measured, "per_second"));
    percentiles(figures, name + " closed loop of " + LOOP, measured);
    cpu.tell(figures, name, table.succeededSince(newest));
  }

  void drains() throws Exception {
    String noOps = "drained no-op jobs";
    double before = figures.median(prefix + noOps + "/s");
    double rate = Double.isNaN(before) ? GUESSED_RATE : before;
    double jobs = Math.max(LEAST_DRAINED, Math.min(MOST_DRAINED, rate * settings.seconds()));
    drain(noOps, BenchProcedures.NOTHING, (int) jobs);
    drain(
        "drained 50 ms jobs",
        BenchProcedures.FIFTY_MILLIS,
        (int) Math.max(LEAST_DRAINED, CALLS_OF_A_WORKER * stand.workers() * settings.seconds()));
  }

  private void drain(String name, String procedure, int jobs) throws Exception {
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, stand.workers());
      long newest = table.newest();
      JsonObject measured =
          load.load(Map.of("body", BenchProcedures.request(procedure), "most", "" + jobs));
      refuseErrors(prefix + name, measured, "202");
      figures.add(prefix + name + ": queued/s", decimal(measured, "per_second"));
      table.vacuum();
      Cpu cpu = new Cpu(stand);
      String released = table.now();
      gate.open();
      table.awaitNoneLive();
      double seconds = table.secondsToLastEnd(released, newest);
      long done = table.succeededSince(newest);
      figures.add(prefix + name + "/s", done / seconds);
      cpu.tell(figures, prefix + name, done);
    }
  }

  void polls() throws Exception {
    answers("ping", Map.of("path", "/ping"), "200");
    pollsOfEnded();
    pollsOfRunning();
  }

  void pollsOfEnded() throws Exception {
    List<String> ended = table.ended(ENDED_POLLED);
    Path ids = Files.write(stand.folder().resolve("ids"), ended);
    answers("polls of ended jobs (200)", Map.of("ids", "" + ids), "200");
    boolean tagged = !stand.client(0).get("/jobs/" + ended.get(0)).header("ETag").isEmpty();
    if (tagged) {
      answers("polls of ended jobs (304)", Map.of("ids", "" + ids, "conditional", "true"), "304");
    } else {
      figures.note("polls have no ETag: there are no figures for 304");
    }
  }

  private void pollsOfRunning() throws Exception {
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, RUNNING_POLLED);
      Path ids = Files.write(stand.folder().resolve("ids"), runningIds());
      answers("polls of running jobs (200)", Map.of("ids", "" + ids), "200");
      gate.open();
      table.awaitNoneLive();
    }
  }

  List<String> runningIds() {
    return stand
        .client(0)
        .get("/jobs?status=running&limit=" + RUNNING_POLLED)
        .json()
        .getJsonArray("jobs")
        .stream()
        .map(job -> job.asJsonObject().getString("id"))
        .toList();
  }

  private void answers(String name, Map<String, String> asked, String status) throws Exception {
    JsonObject measured = load.load(timed(asked));
    refuseErrors(prefix + name, measured, status);
    figures.add(prefix + name + "/s", decimal(measured, "per_second"));
    percentiles(figures, prefix + name, measured);
  }

  private Map<String, String> timed(Map<String, String> arguments) {
    Map<String, String> all = new HashMap<>(arguments);
    all.put("seconds", "" + settings.seconds());
    all.put("warmup", "" + settings.warmUp());
    return all;
  }

  private static String noOp() {
    return BenchProcedures.request(BenchProcedures.NOTHING);
  }
}
