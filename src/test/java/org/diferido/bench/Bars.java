package org.diferido.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the figures have to reach: ratios within one run, since machines differ. */
final class Bars {

  private final Figures figures;
  private final List<Bar> bars = new ArrayList<>();

  private Bars(Figures figures) {
    this.figures = figures;
  }

  /**
   * One of them.
   *
   * @param value what was reached; NaN when it was not measured
   * @param most whether the value may be at most the limit, rather than at least
   */
  record Bar(String name, double value, double limit, boolean most) {

    boolean isMeasured() {
      return !Double.isNaN(value);
    }

    boolean isReached() {
      return isMeasured() && (most ? value <= limit : value >= limit);
    }

    String verdict() {
      return isMeasured() ? isReached() ? "pass" : "FAIL" : "not measured";
    }

    String demand() {
      return String.format(Locale.ROOT, "%s %.2f", most ? "<=" : ">=", limit);
    }
  }

  static List<Bar> of(Figures figures) {
    Bars bars = new Bars(figures);
    bars.onOneNode();
    return bars.bars;
  }

  private void onOneNode() {
    atLeast(
        "drained no-op jobs / raw durable minimum",
        0.8,
        "drained no-op jobs/s",
        "raw durable minimum/s");
    atLeast(
        "drained 50 ms jobs / raw durable minimum",
        0.9,
        "drained 50 ms jobs/s",
        "raw durable minimum of 50 ms/s");
    for (String job : List.of("job that finds a worker", "job that waits")) {
      atMost("statements per " + job, 3.3);
      atMost("write transactions per " + job, 2.1);
    }
    double limit = 2 * figures.median("raw durable minimum at 20/s p50 ms") + 5;
    bars.add(
        new Bar(
            "accepted->ended p50 ms at 20/s",
            figures.median("accepted->ended p50 ms"),
            limit,
            true));
    bars.add(
        new Bar(
            "accepted->ended p99 / p50 at 20/s",
            ratio("accepted->ended p99 ms", "accepted->ended p50 ms"),
            10,
            true));
    atMost("statements per poll of ended jobs", 0);
    atMost("statements per poll of running jobs", 0);
    atMost("statements per first poll of ended jobs of another node", 1);
    atLeast("polls of ended jobs / ping", 0.6, "polls of ended jobs (200)/s", "ping/s");
    atLeast("polls of running jobs / ping", 0.6, "polls of running jobs (200)/s", "ping/s");
    atLeast("submits / raw INSERT", 0.6, "submits/s", "raw INSERT/s");
    atMost("statements per idle minute", 60);
    bars.add(
        new Bar(
            "heap after all jobs / warm",
            ratio("heap MB after all jobs", "heap MB warm"),
            1.1,
            true));
  }

  private void atLeast(String name, double limit, String figure, String of) {
    bars.add(new Bar(name, ratio(figure, of), limit, false));
  }

  private void atMost(String figure, double limit) {
    bars.add(new Bar(figure, figures.median(figure), limit, true));
  }

  /** The median of the ratios of each repetition. */
  private double ratio(String figure, String of) {
    List<Double> above = figures.of(figure);
    List<Double> below = figures.of(of);
    return Figures.median(
        IntStream.range(0, Math.min(above.size(), below.size()))
            .mapToObj(at -> above.get(at) / below.get(at))
            .toList());
  }
}
