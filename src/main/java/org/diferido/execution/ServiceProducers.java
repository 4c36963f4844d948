package org.diferido.execution;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.diferido.job.Heartbeat;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
import org.diferido.job.NodeFigures;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SteadyClock;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the container and the configuration give to the beans of this application. */
@ApplicationScoped
public class ServiceProducers {

  /**
   * The server's own executor, whose threads come and go with the work; how many calls run at once
   * is the worker pool's matter. One defined by this application would keep a thread for each call
   * it may ever run.
   */
  @Produces
  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  @SuppressWarnings("NullAway.Init") // set by the container
  ManagedExecutorService executor;

  /**
   * Only tells when: what is done then is for the executor. Nobody who asks for an executor is
   * given this one, though it is one as well.
   */
  @Produces
  @Typed(ManagedScheduledExecutorService.class)
  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  @SuppressWarnings("NullAway.Init") // set by the container
  ManagedScheduledExecutorService scheduler;

  /** To the millisecond, which is what the registry keeps. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
  }

  @Produces
  @Singleton
  SteadyClock steadyClock() {
    return SteadyClock.ofTheJvm();
  }

  @Produces
  @Singleton
  Heartbeat heartbeat(
      JobRegistry registry,
      Node node,
      SteadyClock clock,
      WorkerPool pool,
      ConnectionsInUse connections,
      RefusedLately refused) {
    return new Heartbeat(
        registry,
        node,
        clock,
        () ->
            new NodeFigures(
                pool.workers(),
                pool.isStopped(),
                connections.connections(),
                ServiceVersion.text(),
                refused.lastHour()));
  }

  @Produces
  @Singleton
  ServiceSettings settings() {
    return ServiceSettings.from(ConfigProvider.getConfig());
  }

  @Produces
  @Singleton
  RetryPolicy retries(ServiceSettings settings) {
    return settings.retries();
  }

  @Produces
  @Singleton
  Node node() {
    Config config = ConfigProvider.getConfig();
    return Node.starting(config.getOptionalValue("diferido.node", String.class).orElse(""));
  }
}
