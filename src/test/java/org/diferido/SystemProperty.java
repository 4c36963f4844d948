package org.diferido;

import org.jspecify.annotations.Nullable;

/** A system property that is set for as long as it is open. */
public final class SystemProperty implements AutoCloseable {

  private final String name;
  private final @Nullable String before;

  private SystemProperty(String name) {
    this.name = name;
    this.before = System.getProperty(name);
  }

  /** Sets a property; null takes it away. */
  public static SystemProperty set(String name, @Nullable String value) {
    SystemProperty property = new SystemProperty(name);
    put(name, value);
    return property;
  }

  @Override
  public void close() {
    put(name, before);
  }

  private static void put(String name, @Nullable String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
