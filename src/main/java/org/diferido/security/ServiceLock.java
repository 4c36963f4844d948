package org.diferido.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Whether the service is locked, because nobody said whose tokens it should accept. Without an
 * issuer, or without the issuer's key, it refuses every call.
 */
public final class ServiceLock {

  private ServiceLock() {}

  /** The MicroProfile JWT properties that are missing, or nothing when the service is open. */
  public static Optional<String> missing(Config config) {
    List<String> missing = new ArrayList<>();
    if (isFallback(config, LockedConfiguration.ISSUER_PROPERTY)) {
      missing.add(LockedConfiguration.ISSUER_PROPERTY);
    }
    if (isFallback(config, LockedConfiguration.KEY_PROPERTY)
        && !has(config, LockedConfiguration.LOCATION_PROPERTY)) {
      missing.add(LockedConfiguration.LOCATION_PROPERTY);
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }

  private static boolean isFallback(Config config, String property) {
    return config
        .getOptionalValue(property, String.class)
        .map(value -> value.equals(LockedConfiguration.FALLBACKS.get(property)))
        .orElse(true);
  }

  private static boolean has(Config config, String property) {
    return config.getOptionalValue(property, String.class).isPresent();
  }
}
