package org.diferido.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.diferido.execution.RefusedLately;
import org.diferido.failure.FailureCode;

/** Counts requests and what was answered. */
@Singleton
public class RequestMetrics {

  /** What is asked at a path where nothing is. */
  public static final String NOWHERE = "other";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final double[] BOUNDS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final Meters meters;
  private final RefusedLately lately;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Problem, Counter> problems = new ConcurrentHashMap<>();

  private record Kind(String route, String method, boolean waits, int status) {}

  private record Problem(FailureCode code, int status) {}

  @Inject
  public RequestMetrics(Meters meters, RefusedLately lately) {
    this.meters = meters;
    this.lately = lately;
  }

  /**
   * A request was answered.
   *
   * @param route the template of its path, one of few, or {@value #NOWHERE}
   * @param waits whether it asked to be answered late
   * @param nanos from its coming in to its answer
   */
  public void answered(String route, String method, boolean waits, int status, long nanos) {
    String known = METHODS.contains(method) ? method : NOWHERE;
    Kind kind = new Kind(route, known, waits, status);
    Timer timer = timers.get(kind);
    (timer == null ? timers.computeIfAbsent(kind, this::timer) : timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return meters.histogram(
        "diferido.http.requests",
        "How long requests took until their answer was made",
        BOUNDS,
        "route",
        kind.route,
        "method",
        kind.method,
        "waits",
        String.valueOf(kind.waits),
        "status",
        String.valueOf(kind.status));
  }

  /** It was answered with a failure. */
  public void refused(FailureCode code, int status) {
    lately.told(code);
    problems.computeIfAbsent(new Problem(code, status), this::problem).increment();
  }

  private Counter problem(Problem problem) {
    return meters.counter(
        "diferido.http.problems",
        "Requests that were answered with a failure",
        "code",
        problem.code.reported(),
        "status",
        String.valueOf(problem.status));
  }
}
