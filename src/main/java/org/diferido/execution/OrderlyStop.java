package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.diferido.job.Stop;

/**
 * How a node comes to rest: its calls get some time, then they are cancelled in the database, and
 * then their sessions are ended. It waits for each job's end to be recorded, but not for ever.
 *
 * <p>Time is taken from the JVM and not from the clock of the jobs: a stop has to end.
 */
final class OrderlyStop {

  private static final Logger LOG = System.getLogger(OrderlyStop.class.getName());
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration BEAT = Duration.ofSeconds(2);

  /** How long a cancel may take before the session is ended, and that before it is given up. */
  private static final Duration STEP = Duration.ofSeconds(4);

  private final WorkerPool pool;
  private final RunningCalls calls;
  private final CallStops stops;
  private final ServiceSettings.Stopping settings;
  private final Runnable beat;
  private long lastBeat = System.nanoTime();

  /**
   * @param beat tells the others that this node is still alive
   */
  OrderlyStop(
      WorkerPool pool,
      RunningCalls calls,
      CallStops stops,
      ServiceSettings.Stopping settings,
      Runnable beat) {
    this.pool = pool;
    this.calls = calls;
    this.stops = stops;
    this.settings = settings;
    this.beat = beat;
  }

  void run() {
    if (isIdleWithin(settings.grace(), () -> {})) {
      return;
    }
    LOG.log(Level.INFO, "{0} calls are cancelled, since the node stops", calls.all().size());
    isIdleWithin(STEP.multipliedBy(2), this::press);
  }

  /** The database may not have taken the first request: it is asked again. */
  private void press() {
    List<Job> all = calls.called();
    all.stream()
        .filter(job -> job.status() != JobStatus.RUNNING)
        .forEach(job -> stops.press(job, STEP));
    stops.ask(
        all.stream().filter(job -> job.status() == JobStatus.RUNNING).toList(),
        Stop.Reason.SHUTDOWN,
        STEP);
  }

  private boolean isIdleWithin(Duration time, Runnable meanwhile) {
    long begin = System.nanoTime();
    while (!pool.isIdle()) {
      if (System.nanoTime() - begin > time.toNanos()) {
        return false;
      }
      meanwhile.run();
      beat();
      LockSupport.parkNanos(PAUSE);
    }
    return true;
  }

  /** The scheduler of the container may have stopped before. */
  private void beat() {
    if (System.nanoTime() - lastBeat > BEAT.toNanos()) {
      lastBeat = System.nanoTime();
      try {
        beat.run();
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "no beat while stopping", e);
      }
    }
  }
}
