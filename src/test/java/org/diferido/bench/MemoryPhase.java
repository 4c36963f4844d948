package org.diferido.bench;

import java.io.IOException;
import java.util.Map;

/** What the service keeps in memory: at first, after many jobs, and while many wait. */
final class MemoryPhase {

  private static final int LOOKS = 4;

  private final Stand stand;
  private final BenchSettings settings;
  private final Figures figures;
  private final JobTable table;

  MemoryPhase(Stand stand, BenchSettings settings, Figures figures) {
    this.stand = stand;
    this.settings = settings;
    this.figures = figures;
    this.table = new JobTable(stand.database());
  }

  void measure() throws Exception {
    LoadProcess load = new LoadProcess(stand);
    String noOp = BenchProcedures.request(BenchProcedures.NOTHING);
    look("warm");
    int part = settings.heapJobs() / LOOKS;
    for (int at = 1; at <= LOOKS; at++) {
      load.load(Map.of("body", noOp, "most", "" + part));
      table.awaitNoneLive();
      look(at == LOOKS ? "after all jobs" : "after " + at * part + " jobs");
    }
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, stand.workers());
      load.load(Map.of("body", noOp, "most", "" + settings.waitingJobs()));
      look("with " + settings.waitingJobs() + " waiting");
      gate.open();
      table.awaitNoneLive();
    }
  }

  private void look(String when) throws IOException, InterruptedException {
    long pid = stand.nodes().get(0).pid();
    figures.add("heap MB " + when, ProcessUsage.heapMegabytes(pid));
    figures.add("RSS MB " + when, ProcessUsage.residentMegabytes(pid));
  }
}
