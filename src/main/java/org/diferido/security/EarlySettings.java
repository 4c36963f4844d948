package org.diferido.security;

import java.util.Locale;
import java.util.Optional;

/**
 * Settings that are needed before MicroProfile Config is there, such as by a source of it: from
 * system properties, else from the environment, by the names of MicroProfile Config 3.1 ("Default
 * ConfigSources").
 */
public final class EarlySettings {

  private EarlySettings() {}

  /** The value of a property; a blank one counts as not set. */
  public static Optional<String> text(String property) {
    String environment = property.replaceAll("[^A-Za-z0-9]", "_");
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(environment)))
        .or(() -> Optional.ofNullable(System.getenv(environment.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }
}
