package org.diferido.rest.payara;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Has paths that climb or cannot be decoded answered like any other path where nothing is. By
 * itself Payara answers them before any application sees them, with an empty 400 or even an empty
 * 200, and lets {@code /jobs/..%2fhealth} through to {@code /health}.
 *
 * <p>On another server this does nothing. On a Payara whose internals are others it changes nothing
 * either, and says so in the log.
 */
@WebListener
public class PathGuard implements ServletContextListener {

  private static final Logger LOG = System.getLogger(PathGuard.class.getName());
  private static final String PAYARA = "com.sun.enterprise.v3.services.impl.GrizzlyService";

  private @Nullable GrizzlyChains chains;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      Class.forName(PAYARA);
    } catch (ClassNotFoundException e) {
      return;
    }
    try {
      chains = new GrizzlyChains();
      if (!chains.install()) {
        LOG.log(Level.WARNING, "paths that cannot be decoded are left to the server: no listener");
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "paths that cannot be decoded are left to the server: {0}", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (chains != null) {
      chains.remove();
    }
  }
}
