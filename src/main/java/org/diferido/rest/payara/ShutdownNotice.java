package org.diferido.rest.payara;

import jakarta.ejb.EJB;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.diferido.execution.NodeLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Has the node come to rest as soon as Payara begins to stop, when everything still works: the
 * service goes on answering, and says that it is not ready, until its calls have ended. By itself
 * Payara stops answering first and tells the application later.
 *
 * <p>On another server this does nothing. On a Payara whose internals are others the node comes to
 * rest when the application is told, and the log says so.
 */
@WebListener
public class ShutdownNotice implements ServletContextListener {

  private static final Logger LOG = System.getLogger(ShutdownNotice.class.getName());
  private static final String PAYARA = "org.glassfish.api.event.Events";

  @EJB NodeLifecycle node;

  private @Nullable ServerEvents events;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      Class.forName(PAYARA);
    } catch (ClassNotFoundException e) {
      return;
    }
    new ApplicationClasses(event.getServletContext()).load();
    try {
      ServerEvents heard = new ServerEvents(node::stop);
      heard.listen();
      events = heard;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "a stop of the server is noticed late", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (events != null) {
      try {
        events.leave();
      } catch (ReflectiveOperationException | RuntimeException e) {
        LOG.log(Level.DEBUG, "there is no notice to give up", e);
      }
    }
  }
}
