package org.diferido.rest.payara;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Puts a filter in the place of the server's own in every HTTP listener of Payara. Payara has no
 * public door for that, so this goes through its internals (seen in 6.2025.10) by reflection.
 *
 * <p>In its place and not before it: requests under way remember the filter they are in by its
 * number.
 */
final class GrizzlyChains {

  private final Set<FilterChain> guarded = new LinkedHashSet<>();

  /**
   * Puts it into those that do not have it yet.
   *
   * @return whether there is a listener that has it
   */
  boolean install() throws ReflectiveOperationException {
    Set<FilterChain> found = new LinkedHashSet<>();
    for (Object proxy : List.copyOf(proxies())) {
      FilterChain chain = chainOf(proxy);
      if (chain != null && isGuarded(chain)) {
        found.add(chain);
      }
    }
    guarded.clear();
    guarded.addAll(found);
    return !found.isEmpty();
  }

  private static boolean isGuarded(FilterChain chain) {
    for (int at = 0; at < chain.size(); at++) {
      Filter filter = chain.get(at);
      if (filter instanceof HttpServerFilter) {
        chain.set(at, new GuardedServerFilter(filter));
        return true;
      }
      if (filter instanceof GuardedServerFilter) {
        return true;
      }
    }
    return false;
  }

  void remove() {
    for (FilterChain chain : guarded) {
      for (int at = 0; at < chain.size(); at++) {
        if (chain.get(at) instanceof GuardedServerFilter filter) {
          chain.set(at, filter.own());
        }
      }
    }
    guarded.clear();
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
