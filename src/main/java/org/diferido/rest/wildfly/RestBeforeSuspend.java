package org.diferido.rest.wildfly;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.as.server.CurrentServiceContainer;
import org.jboss.as.server.suspend.ServerResumeContext;
import org.jboss.as.server.suspend.ServerSuspendContext;
import org.jboss.as.server.suspend.SuspendableActivity;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;

/**
 * Runs something when WildFly prepares its stop, on the thread that stops it: requests are still
 * taken, and the server waits, whatever time limit it has been given for its own suspension.
 *
 * <p>WildFly has no public door for applications to hear of it; this is its server's own (seen in
 * 39.0.1.Final).
 */
final class RestBeforeSuspend implements Service, SuspendableActivity {

  private static final ServiceName CONTROLLER =
      ServiceName.parse("org.wildfly.server.suspend-controller");

  private final Runnable stopping;
  private final Supplier<SuspendableActivityRegistry> registry;

  private RestBeforeSuspend(Runnable stopping, Supplier<SuspendableActivityRegistry> registry) {
    this.stopping = stopping;
    this.registry = registry;
  }

  /**
   * Registers it.
   *
   * @return takes it back
   */
  static Runnable register(Runnable stopping) {
    ServiceBuilder<?> builder = CurrentServiceContainer.getServiceContainer().addService();
    Supplier<SuspendableActivityRegistry> registry = builder.requires(CONTROLLER);
    ServiceController<?> controller =
        builder.setInstance(new RestBeforeSuspend(stopping, registry)).install();
    return () -> controller.setMode(ServiceController.Mode.REMOVE);
  }

  @Override
  public void start(StartContext context) {
    registry.get().registerActivity(this);
  }

  @Override
  public void stop(StopContext context) {
    registry.get().unregisterActivity(this);
  }

  /** A server that is only suspended, and may be resumed, is none that stops. */
  @Override
  public CompletionStage<Void> prepare(ServerSuspendContext context) {
    if (context.isStopping()) {
      stopping.run();
    }
    return COMPLETED;
  }

  @Override
  public CompletionStage<Void> suspend(ServerSuspendContext context) {
    return COMPLETED;
  }

  @Override
  public CompletionStage<Void> resume(ServerResumeContext context) {
    return COMPLETED;
  }
}
