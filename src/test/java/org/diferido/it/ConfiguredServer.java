package org.diferido.it;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells Arquillian where a WildFly is to which the scripts of {@code server-config/wildfly} were
 * applied. Has to come before Arquillian's own extension; within the server it does nothing, nor on
 * Payara.
 */
final class ConfiguredServer implements BeforeAllCallback {

  private static final String HOME = "arquillian.wildfly.home";

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (System.getProperty("diferido.server.wildfly") != null) {
      System.setProperty(HOME, WildFlyCommand.newHome().toString());
    }
  }
}
