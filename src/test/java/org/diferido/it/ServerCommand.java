package org.diferido.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a server is started with the service, as an administrator would do it. */
interface ServerCommand {

  /**
   * Begins one of the server that this run of the tests is for: Payara Micro, or WildFly by {@code
   * mvn verify -Pwildfly}.
   *
   * @param folder where it keeps its files
   */
  static ServerCommand of(Path folder, int port) {
    return isWildFly() ? new WildFlyCommand(folder, port) : new PayaraCommand(folder, port);
  }

  /** In demo mode. */
  ServerCommand demo(Map<String, String> settings);

  /**
   * With the pools of a database.
   *
   * @param database whose script and driver: {@code oracle} or {@code postgresql}
   */
  ServerCommand pools(String database);

  /** The server with the service. */
  List<String> deploying(Path war) throws IOException;

  /** Where a pool of its scripts is found, such as {@code jdbc/registry}. */
  static String jndiName(String pool) {
    return (isWildFly() ? "java:jboss/datasources/" : "jdbc/") + pool;
  }

  /** Whether this run of the tests is for WildFly. */
  static boolean isWildFly() {
    return System.getProperty("diferido.server.wildfly") != null;
  }

  static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("run by mvn verify, which sets " + property);
    }
    return value;
  }
}
