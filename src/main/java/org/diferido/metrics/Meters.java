package org.diferido.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The meters of this node, since its start. Their names and labels are in docs/metrics.md. */
@Singleton
public class Meters {

  private static final double NANOS = 1e9;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  MeterRegistry registry() {
    return registry;
  }

  /**
   * A number that only grows.
   *
   * @param labels names and values in turn
   */
  Counter counter(String name, String meaning, String... labels) {
    return Counter.builder(name).description(meaning).tags(labels).register(registry);
  }

  /**
   * A number that only grows, and that somebody else counts.
   *
   * @param counter who does, for as long as somebody else holds him as well: the meter does not
   */
  <T> void counted(String name, String meaning, T counter, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, counter, value).description(meaning).register(registry);
  }

  /**
   * A histogram of how long something takes.
   *
   * @param bounds of its buckets, in seconds
   * @param labels names and values in turn
   */
  Timer histogram(String name, String meaning, double[] bounds, String... labels) {
    Duration[] buckets =
        DoubleStream.of(bounds)
            .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * NANOS)))
            .toArray(Duration[]::new);
    return Timer.builder(name)
        .description(meaning)
        .tags(labels)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  /**
   * A number as it is when somebody asks.
   *
   * @param labels names and values in turn
   */
  void gauge(String name, String meaning, Supplier<Number> value, String... labels) {
    Gauge.builder(name, value).description(meaning).tags(labels).register(registry);
  }

  /** Several such numbers, which may come and go. */
  MultiGauge gauges(String name, String meaning) {
    return MultiGauge.builder(name).description(meaning).register(registry);
  }

  /**
   * All of them, as they are now.
   *
   * @param mediaType one that Prometheus reads
   */
  byte[] written(String mediaType) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      registry.scrape(text, mediaType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }

  @PreDestroy
  void close() {
    registry.close();
  }
}
