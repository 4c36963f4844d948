package org.diferido.bench;

import java.nio.file.Path;
import org.diferido.database.postgresql.Postgres17;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole run: the limits of the database, the service on it, two processes of it, and how all
 * that changes with a full registry and with many running calls. It fails when it cannot measure,
 * never because of a figure: those are for people, in {@code target/bench}.
 */
class ServiceBench {

  private static final int WORKERS = 16;

  /** Of each of two nodes: a hundred calls run, and there are as many workers left as usually. */
  private static final int MANY_WORKERS = 66;

  private final BenchSettings settings = BenchSettings.given();
  private final Figures figures = new Figures();

  @TempDir private Path folder;

  @Test
  void measures() throws Exception {
    try (Stand stand = new Stand(folder)) {
      BenchProcedures.install(stand.database().source());
      BenchReport report = new BenchReport(Machine.facts(stand), figures);
      stand.start(1, WORKERS);
      BenchProcedures.installRawTable(stand.database().source());
      try {
        for (int ended : settings.growth()) {
          onOneNode(stand, ended);
          report.write();
        }
        new CountPhase(stand, settings, figures).onOneNode();
        report.write();
        new MemoryPhase(stand, settings, figures).measure();
        report.write();
        stand.start(2, WORKERS);
        onTwoNodes(stand);
        report.write();
        if (!settings.running().isEmpty()) {
          stand.start(2, MANY_WORKERS);
          new Phases(stand, settings, figures, "").warmUp();
          for (int running : settings.running()) {
            whileRunning(stand, running);
            report.write();
          }
        }
      } finally {
        report.write();
        report.print();
      }
    }
  }

  private void onOneNode(Stand stand, int ended) throws Exception {
    JobTable table = new JobTable(stand.database());
    table.grow(ended);
    boolean first = ended == settings.growth().get(0);
    String prefix = first ? "" : "with " + ended + " ended jobs: ";
    if (first && ended > 0) {
      figures.note("the figures without a prefix are with " + ended + " ended jobs");
    }
    Phases phases = new Phases(stand, settings, figures, prefix);
    if (first) {
      phases.warmUp();
    }
    for (int at = 0; at < settings.repetitions(); at++) {
      if (first) {
        new RawPhase(new LoadProcess(stand), settings, figures, () -> emptyRawTable(stand))
            .measure();
      }
      phases.submits();
      phases.openLoop();
      phases.drains();
      phases.polls();
    }
  }

  private static void emptyRawTable(Stand stand) {
    Postgres17.execute(
        stand.database().source(),
        "TRUNCATE bench.RAW_JOBS",
        "ANALYZE bench.RAW_JOBS",
        "CHECKPOINT");
  }

  private void onTwoNodes(Stand stand) throws Exception {
    Phases phases = new Phases(stand, settings, figures, "two nodes: ");
    phases.warmUp();
    for (int at = 0; at < settings.repetitions(); at++) {
      phases.submits();
      phases.openLoop();
      phases.drains();
      phases.polls();
    }
    new CountPhase(stand, settings, figures).onAnotherNode();
  }

  private void whileRunning(Stand stand, int running) throws Exception {
    JobTable table = new JobTable(stand.database());
    try (Gate gate = new Gate(stand, table)) {
      gate.occupy(stand, running);
      Phases phases = new Phases(stand, settings, figures, "while " + running + " run: ", running);
      for (int at = 0; at < settings.repetitions(); at++) {
        phases.submits();
        phases.openLoop();
        phases.pollsOfEnded();
      }
      gate.open();
      table.awaitNoneLive();
    }
  }
}
