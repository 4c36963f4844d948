package org.diferido.rest.payara;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What Payara tells of its own life. It has no public door for applications to hear it, so this
 * goes through its internals (seen in 6.2025.10) by reflection.
 */
final class ServerEvents {

  private static final String STOPS = "prepare_shutdown";

  private final Runnable stopping;
  private final Class<?> type = Class.forName("org.glassfish.api.event.Events");
  private final Class<?> listenerType = Class.forName("org.glassfish.api.event.EventListener");
  private final Object events;
  private final Object listener;

  /**
   * @param stopping is run when the server begins to stop, on the thread that stops it: nothing has
   *     been closed yet, and the server waits
   */
  ServerEvents(Runnable stopping) throws ReflectiveOperationException {
    this.stopping = stopping;
    Object locator =
        Class.forName("org.glassfish.internal.api.Globals")
            .getMethod("getDefaultHabitat")
            .invoke(null);
    events =
        Class.forName("org.glassfish.hk2.api.ServiceLocator")
            .getMethod("getService", Class.class, Annotation[].class)
            .invoke(locator, type, new Annotation[0]);
    listener =
        Proxy.newProxyInstance(
            ServerEvents.class.getClassLoader(), new Class<?>[] {listenerType}, this::heard);
  }

  void listen() throws ReflectiveOperationException {
    type.getMethod("register", listenerType).invoke(events, listener);
  }

  void leave() throws ReflectiveOperationException {
    type.getMethod("unregister", listenerType).invoke(events, listener);
  }

  private @Nullable Object heard(Object proxy, Method method, Object @Nullable [] arguments)
      throws ReflectiveOperationException {
    return switch (method.getName()) {
      case "event" -> {
        Object event = arguments == null ? "" : arguments[0];
        if (STOPS.equals(event.getClass().getMethod("name").invoke(event))) {
          stopping.run();
        }
        yield null;
      }
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> ServerEvents.class.getName();
    };
  }
}
