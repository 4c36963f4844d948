package org.diferido.rest.wildfly;

import jakarta.ejb.EJB;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.diferido.execution.NodeLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Has the node come to rest as soon as WildFly begins to stop, when everything still works: the
 * service goes on answering, and says that it is not ready, until its calls have ended. By itself
 * WildFly stops answering first and tells the application later.
 *
 * <p>On another server this does nothing. On a WildFly whose internals are others the node comes to
 * rest when the application is told, and the log says so.
 */
@WebListener
public class SuspendNotice implements ServletContextListener {

  private static final Logger LOG = System.getLogger(SuspendNotice.class.getName());
  private static final String WILDFLY = "org.jboss.as.server.suspend.SuspendableActivity";

  @EJB NodeLifecycle node;

  private @Nullable Runnable leaving;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      Class.forName(WILDFLY);
    } catch (ClassNotFoundException e) {
      return;
    }
    try {
      leaving = RestBeforeSuspend.register(node::stop);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, () -> "a stop of the server is noticed late", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (leaving != null) {
      leaving.run();
    }
  }
}
