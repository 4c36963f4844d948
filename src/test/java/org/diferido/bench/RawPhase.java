package org.diferido.bench;

import jakarta.json.JsonObject;
import java.util.Map;

/** The limits of the database, without the service. */
final class RawPhase {

  private final LoadProcess load;
  private final BenchSettings settings;
  private final Figures figures;
  private final Runnable emptyTable;

  /**
   * @param emptyTable each limit has a table of its own: rows that were only inserted all look as
   *     if they ran, and an update of one among them would be slow for that
   */
  RawPhase(LoadProcess load, BenchSettings settings, Figures figures, Runnable emptyTable) {
    this.emptyTable = emptyTable;
    this.load = load;
    this.settings = settings;
    this.figures = figures;
  }

  void measure() throws Exception {
    rate("raw CALL/s", "call:" + BenchProcedures.NOTHING);
    rate("raw INSERT/s", "insert");
    rate("raw durable minimum/s", "durable:" + BenchProcedures.NOTHING);
    rate("raw durable minimum of 50 ms/s", "durable:" + BenchProcedures.FIFTY_MILLIS);
    emptyTable.run();
    JsonObject open =
        load.raw(
            "durable:" + BenchProcedures.NOTHING,
            Map.of(
                "seconds", "" + settings.seconds(),
                "warmup", "" + settings.warmUp(),
                "rate", "" + Phases.RATE));
    Phases.refuseErrors("raw durable minimum at 20/s", open, "0");
    Phases.percentiles(figures, "raw durable minimum at 20/s", open);
  }

  private void rate(String name, String work) throws Exception {
    emptyTable.run();
    JsonObject measured =
        load.raw(
            work, Map.of("seconds", "" + settings.seconds(), "warmup", "" + settings.warmUp()));
    figures.add(name, Phases.decimal(measured, "per_second"));
    Phases.refuseErrors(name, measured, "0");
  }
}
