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

  private static final String AUDIENCES_PROPERTY = "mp.jwt.verify.audiences";

  private ServiceLock() {}

  /** The MicroProfile JWT properties that are missing, or nothing when the service is open. */
  public static Optional<String> missing(Config config) {
    List<String> missing = new ArrayList<>();
    if (isMissing(config, LockedConfiguration.ISSUER_PROPERTY)) {
      missing.add(LockedConfiguration.ISSUER_PROPERTY);
    }
    if (isMissing(config, LockedConfiguration.KEY_PROPERTY) && !isLocationEarly(config)) {
      missing.add(LockedConfiguration.LOCATION_PROPERTY);
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }

  /**
   * What an administrator should know of a service that is open: without an audience (RFC 7519,
   * section 4.1.3) tokens count that the issuer has given out for any other service.
   */
  public static Optional<String> warning(Config config) {
    boolean isForAnybody = config.getOptionalValue(AUDIENCES_PROPERTY, String.class).isEmpty();
    return missing(config).isEmpty() && isForAnybody
        ? Optional.of("tokens count whatever service they are for: set " + AUDIENCES_PROPERTY)
        : Optional.empty();
  }

  private static boolean isMissing(Config config, String property) {
    return config
        .getOptionalValue(property, String.class)
        .map(value -> value.equals(LockedConfiguration.FALLBACKS.get(property)))
        .orElse(true);
  }

  /**
   * Whether the key's location is where the fallback key makes way for it: set as a system property
   * or in the environment. Beside the fallback key it would not count.
   */
  private static boolean isLocationEarly(Config config) {
    return config.getOptionalValue(LockedConfiguration.KEY_PROPERTY, String.class).isEmpty()
        && config.getOptionalValue(LockedConfiguration.LOCATION_PROPERTY, String.class).isPresent();
  }
}
