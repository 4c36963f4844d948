package org.diferido.rest.health;

import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diferido.execution.NodeLifecycle;
import org.diferido.execution.ServiceSettings;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.job.JobRegistry;
import org.diferido.job.SteadyClock;
import org.diferido.metrics.ReadyMetrics;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.security.ServiceLock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether calls can be accepted: an issuer is configured, both databases answer, and the node is
 * not about to stop. How full the queue is and whether the issuer answers is only told: of a full
 * queue and of an issuer that is away all nodes would be taken out at once, and with them what they
 * still can do.
 */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

  private static final String NO_ANSWER = "no answer";
  private static final String LOCATION = "mp.jwt.verify.publickey.location";

  private final SeldomAsked<Queue> registry;
  private final SeldomAsked<Optional<String>> procedures;
  private final IssuerKeys issuer;
  private final ServiceSettings settings;
  private final ReadyMetrics metrics;

  @EJB NodeLifecycle node;

  /**
   * The queue as the registry has it.
   *
   * @param trouble why it cannot be told
   */
  private record Queue(long jobs, Optional<String> trouble) {

    static Queue unknown(String trouble) {
      return new Queue(0, Optional.of(trouble));
    }
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  ReadinessCheck() {
    this.registry = null;
    this.procedures = null;
    this.issuer = null;
    this.settings = null;
    this.metrics = null;
  }

  @Inject
  ReadinessCheck(
      JobRegistry registry,
      ProcedureGateway gateway,
      ServiceSettings settings,
      ReadyMetrics metrics,
      ManagedExecutorService executor,
      SteadyClock clock) {
    this.registry = new SeldomAsked<>(() -> queue(registry), Queue.unknown(NO_ANSWER), clock);
    this.procedures = new SeldomAsked<>(() -> trouble(gateway), Optional.of(NO_ANSWER), clock);
    this.issuer =
        new IssuerKeys(
            ConfigProvider.getConfig().getOptionalValue(LOCATION, String.class),
            IssuerKeys.PATIENCE,
            executor,
            clock);
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("diferido");
    Queue queue = registry.answer();
    List<Boolean> parts =
        List.of(
            told(response, "node", stop()),
            told(response, "security", lock(), ServiceLock.warning(ConfigProvider.getConfig())),
            told(response, "registry", queue.trouble),
            told(response, "procedures", procedures.answer()));
    response.withData("queue", told(queue));
    response.withData("issuer", issuer.told());
    issuer.areThere().ifPresent(there -> metrics.told("issuer", there));
    return response.status(!parts.contains(false)).build();
  }

  private String told(Queue queue) {
    if (queue.trouble.isPresent()) {
      return "not known";
    }
    int capacity = settings.queueCapacity();
    boolean full = queue.jobs >= capacity;
    metrics.told("queue", !full);
    return (full ? "full: " : "") + queue.jobs + " of " + capacity;
  }

  private Optional<String> stop() {
    return node.isStopping() ? Optional.of("stopping") : Optional.empty();
  }

  private static Optional<String> lock() {
    return ServiceLock.missing(ConfigProvider.getConfig())
        .map(missing -> "not configured: " + missing);
  }

  private boolean told(HealthCheckResponseBuilder response, String part, Optional<String> trouble) {
    return told(response, part, trouble, Optional.empty());
  }

  private boolean told(
      HealthCheckResponseBuilder response,
      String part,
      Optional<String> trouble,
      Optional<String> warning) {
    response.withData(part, trouble.orElse(warning.map(text -> "ok, but " + text).orElse("ok")));
    metrics.told(part, trouble.isEmpty());
    return trouble.isEmpty();
  }

  private static Queue queue(JobRegistry registry) {
    try {
      return new Queue(registry.queued(), Optional.empty());
    } catch (FailureException e) {
      return Queue.unknown(text(e));
    }
  }

  private static Optional<String> trouble(ProcedureGateway gateway) {
    try {
      gateway.ping();
      return Optional.empty();
    } catch (FailureException e) {
      return Optional.of(text(e));
    }
  }

  private static String text(FailureException e) {
    return e.failure().text(Language.ENGLISH);
  }
}
