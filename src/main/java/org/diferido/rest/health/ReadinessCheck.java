package org.diferido.rest.health;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diferido.execution.NodeLifecycle;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.job.JobRegistry;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.security.ServiceLock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether calls can be accepted: an issuer is configured, both databases answer, and the node is
 * not about to stop.
 */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

  private final SeldomAsked registry;
  private final SeldomAsked procedures;

  @EJB NodeLifecycle node;

  /** For the container's proxy. */
  ReadinessCheck() {
    this(() -> {}, () -> {}, SteadyClock.ofTheJvm());
  }

  @Inject
  ReadinessCheck(JobRegistry registry, ProcedureGateway gateway, SteadyClock clock) {
    this(registry::queued, gateway::ping, clock);
  }

  private ReadinessCheck(Runnable registry, Runnable procedures, SteadyClock clock) {
    this.registry = new SeldomAsked(() -> trouble(registry), clock);
    this.procedures = new SeldomAsked(() -> trouble(procedures), clock);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("diferido");
    List<Boolean> parts =
        List.of(
            told(response, "node", stop()),
            told(response, "security", lock(), ServiceLock.warning(ConfigProvider.getConfig())),
            told(response, "registry", registry.trouble()),
            told(response, "procedures", procedures.trouble()));
    return response.status(!parts.contains(false)).build();
  }

  private Optional<String> stop() {
    return node.isStopping() ? Optional.of("stopping") : Optional.empty();
  }

  private static Optional<String> lock() {
    return ServiceLock.missing(ConfigProvider.getConfig())
        .map(missing -> "not configured: " + missing);
  }

  private static boolean told(
      HealthCheckResponseBuilder response, String part, Optional<String> trouble) {
    return told(response, part, trouble, Optional.empty());
  }

  private static boolean told(
      HealthCheckResponseBuilder response,
      String part,
      Optional<String> trouble,
      Optional<String> warning) {
    response.withData(part, trouble.orElse(warning.map(text -> "ok, but " + text).orElse("ok")));
    return trouble.isEmpty();
  }

  private static Optional<String> trouble(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (FailureException e) {
      return Optional.of(e.failure().text(Language.ENGLISH));
    }
  }
}
