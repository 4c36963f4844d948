package org.diferido.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The scripts for a PostgreSQL's administrator as psql would send them, their variables in place.
 */
public final class RoleScripts {

  /** The role that the service logs in as, and the schema of its tables. */
  public static final String SERVICE = "diferido";

  private RoleScripts() {}

  /** Makes the role and the schema of the registry. */
  public static String role() throws IOException {
    return script("01-role");
  }

  /**
   * Lets the role call what is in a schema.
   *
   * @param schema of procedures
   */
  public static String grants(String schema) throws IOException {
    return script("02-grants").replace(":\"schema\"", schema);
  }

  private static String script(String name) throws IOException {
    return Files.readString(Path.of("server-config/postgresql/" + name + ".sql"))
        .replace(":\"service\"", SERVICE)
        .replace(":\"registry\"", SERVICE);
  }
}
