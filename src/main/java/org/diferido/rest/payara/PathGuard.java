package org.diferido.rest.payara;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long PAUSE_MILLIS = 1000;

  @Resource ManagedScheduledExecutorService scheduler;

  private @Nullable GrizzlyChains chains;
  private @Nullable ScheduledFuture<?> search;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      Class.forName(PAYARA);
    } catch (ClassNotFoundException e) {
      return;
    }
    chains = new GrizzlyChains();
    search();
  }

  /** Again and again: a listener may be opened, or made anew, while the application runs. */
  private synchronized void search() {
    if (chains == null) {
      return;
    }
    try {
      long pause = chains.install() ? PAUSE_MILLIS : FIRST_PAUSE_MILLIS;
      search = scheduler.schedule(this::search, pause, TimeUnit.MILLISECONDS);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "paths that cannot be decoded are left to the server", e);
    }
  }

  @Override
  public synchronized void contextDestroyed(ServletContextEvent event) {
    if (search != null) {
      search.cancel(false);
    }
    if (chains != null) {
      chains.remove();
      chains = null;
    }
  }
}
