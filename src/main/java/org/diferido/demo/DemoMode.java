package org.diferido.demo;

import org.diferido.security.EarlySettings;

/**
 * Whether the demo is on: only when {@code diferido.demo} is {@code true} as a system property, or
 * {@code DIFERIDO_DEMO} in the environment. Never by default, never by a file in the application.
 */
public final class DemoMode {

  private DemoMode() {}

  public static boolean isOn() {
    return EarlySettings.text("diferido.demo").filter(Boolean::parseBoolean).isPresent();
  }

  /** Whether tokens of the demo's own issuer count: not when a real issuer's key is configured. */
  public static boolean issuesTokens() {
    return isOn()
        && EarlySettings.text("mp.jwt.verify.publickey.location").isEmpty()
        && EarlySettings.text("mp.jwt.verify.publickey").isEmpty();
  }
}
