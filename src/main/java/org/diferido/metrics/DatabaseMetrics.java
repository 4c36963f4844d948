package org.diferido.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.diferido.database.DatabaseEvents;
import org.diferido.execution.ConnectionsInUse;
import org.diferido.failure.FailureCode;

/** Counts how the databases do. */
@Singleton
public class DatabaseMetrics implements DatabaseEvents, ConnectionsInUse {

  private static final double[] BOUNDS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final Map<Pool, OfPool> pools = new EnumMap<>(Pool.class);

  private record OfPool(
      Timer borrowing, LongAdder used, Counter refusals, Map<FailureCode, Counter> failures) {}

  private final Meters meters;

  @Inject
  public DatabaseMetrics(Meters meters) {
    this.meters = meters;
    for (Pool pool : Pool.values()) {
      LongAdder used = new LongAdder();
      meters.gauge(
          "diferido.pool.used",
          "Connections that are borrowed at the moment",
          used::sum,
          "pool",
          pool.word());
      pools.put(
          pool,
          new OfPool(
              meters.histogram(
                  "diferido.pool.borrow",
                  "How long it took to borrow a connection, or not to get one",
                  BOUNDS,
                  "pool",
                  pool.word()),
              used,
              meters.counter(
                  "diferido.pool.borrow.failures",
                  "Connections that could not be had",
                  "pool",
                  pool.word()),
              new ConcurrentHashMap<>()));
    }
  }

  @Override
  public void borrowed(Pool pool, long nanos) {
    of(pool).borrowing.record(nanos, TimeUnit.NANOSECONDS);
    of(pool).used.increment();
  }

  @Override
  public void givenBack(Pool pool) {
    of(pool).used.decrement();
  }

  @Override
  public void notBorrowed(Pool pool, long nanos) {
    of(pool).borrowing.record(nanos, TimeUnit.NANOSECONDS);
    of(pool).refusals.increment();
  }

  @Override
  public void failed(Pool pool, FailureCode code) {
    of(pool).failures.computeIfAbsent(code, each -> failures(pool, each)).increment();
  }

  @Override
  public long connections() {
    return pools.values().stream().mapToLong(each -> each.used.sum()).sum();
  }

  private OfPool of(Pool pool) {
    return Objects.requireNonNull(pools.get(pool));
  }

  private Counter failures(Pool pool, FailureCode code) {
    return meters.counter(
        "diferido.database.failures",
        "What was asked of a database and failed",
        "pool",
        pool.word(),
        "code",
        code.name());
  }
}
