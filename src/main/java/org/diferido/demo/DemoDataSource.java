package org.diferido.demo;

import org.hsqldb.jdbc.JDBCDataSource;

/**
 * The demo's database: HSQLDB in memory, with procedures whose bodies are {@link DemoProcedures}.
 *
 * <p>HSQLDB lets SQL call exactly the Java methods that a system property names, and it reads the
 * property once, when its classes are loaded. This class sets it when it is loaded itself, so it
 * has to be loaded before any other HSQLDB database of the same class loader is opened; {@link
 * DemoDatabase} tells when it was not.
 */
public final class DemoDataSource extends JDBCDataSource {

  static final String ALLOWED = "hsqldb.method_class_names";
  static final String BODIES = DemoProcedures.class.getName() + ".*";

  private static final long serialVersionUID = 1L;
  private static final String URL =
      "jdbc:hsqldb:mem:diferido-demo;sql.syntax_ora=true;hsqldb.tx=mvcc";

  static {
    allowBodies();
    // Left alone, HSQLDB resets the handlers of java.util.logging, which are the server's.
    if (System.getProperty("hsqldb.reconfig_logging") == null) {
      System.setProperty("hsqldb.reconfig_logging", "false");
    }
  }

  /** The demo's database, as a container makes it by name. */
  public DemoDataSource() {
    super.setUrl(URL);
    setUser("SA");
    setPassword("");
  }

  /** Does nothing: there is one demo database, and without its settings it would not do. */
  @Override
  public void setUrl(String ignored) {}

  /** Does nothing, as {@link #setUrl}. */
  @Override
  public void setURL(String ignored) {}

  /** Does nothing, as {@link #setUrl}. */
  @Override
  public void setDatabase(String ignored) {}

  /** Does nothing, as {@link #setUrl}. */
  @Override
  public void setDatabaseName(String ignored) {}

  /** Lets SQL call the demo's bodies, if HSQLDB is not loaded yet. */
  public static void allowBodies() {
    String before = System.getProperty(ALLOWED, "");
    if (!before.contains(BODIES)) {
      System.setProperty(ALLOWED, before.isEmpty() ? BODIES : before + ";" + BODIES);
    }
  }
}
