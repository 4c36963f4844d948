package org.diferido.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The JVM that this node shares with its server. */
@Singleton
public class JvmMetrics {

  /** It listens to the collectors, which outlive the application. */
  private final JvmGcMetrics collectors = new JvmGcMetrics();

  private final Meters meters;

  @Inject
  public JvmMetrics(Meters meters) {
    this.meters = meters;
  }

  /** Begins to measure it. */
  void begin() {
    MeterRegistry registry = meters.registry();
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collectors.bindTo(registry);
  }

  @PreDestroy
  void close() {
    collectors.close();
  }
}
