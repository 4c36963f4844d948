package org.diferido.rest.payara;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Puts a filter before the server's own in every HTTP listener of Payara. Payara has no public door
 * for that, so this goes through its internals (seen in 6.2025.10) by reflection.
 */
final class GrizzlyChains {

  private final List<FilterChain> chains = new ArrayList<>();
  private final Filter filter = new InsanePathFilter();

  /**
   * Puts it there.
   *
   * @return whether there was a listener to put it in
   */
  boolean install() throws ReflectiveOperationException {
    for (Object proxy : List.copyOf(proxies())) {
      FilterChain chain = chainOf(proxy);
      for (int at = 0; chain != null && at < chain.size(); at++) {
        if (chain.get(at) instanceof HttpServerFilter) {
          chain.add(at, filter);
          chains.add(chain);
          break;
        }
      }
    }
    return !chains.isEmpty();
  }

  void remove() {
    chains.forEach(chain -> chain.remove(filter));
    chains.clear();
  }

  private static Collection<?> proxies() throws ReflectiveOperationException {
    Object locator =
        Class.forName("org.glassfish.internal.api.Globals")
            .getMethod("getDefaultHabitat")
            .invoke(null);
    Class<?> service = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
    Object grizzly =
        Class.forName("org.glassfish.hk2.api.ServiceLocator")
            .getMethod("getService", Class.class, Annotation[].class)
            .invoke(locator, service, new Annotation[0]);
    return (Collection<?>) read(service, "proxies", grizzly);
  }

  /** Null while the listener is being opened. */
  private static @Nullable FilterChain chainOf(Object proxy) throws ReflectiveOperationException {
    Object listener = proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
    if (listener == null) {
      return null;
    }
    Class<?> type = Class.forName("org.glassfish.grizzly.config.GenericGrizzlyListener");
    return (FilterChain) read(type, "rootFilterChain", listener);
  }

  private static Object read(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
