package org.diferido.execution;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.failure.FailureException;
import org.diferido.job.Heartbeat;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.Progress;
import org.diferido.security.ServiceLock;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The life of this node: it starts with the application, says that it is alive, looks for queued
 * jobs, keeps the progress of its calls, and stops taking work when the application stops.
 */
@Singleton
@Startup
@DependsOn({"DemoStartup", "EmbeddedRegistry", "OrphanRecovery"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeLifecycle {

  private static final Logger LOG = System.getLogger(NodeLifecycle.class.getName());

  @Inject JobRegistry registry;
  @Inject JobAdmission admission;
  @Inject JobFeed feed;
  @Inject WorkerPool pool;
  @Inject RunningCalls calls;
  @Inject CallStops stops;
  @Inject Estimates estimates;
  @Inject ProcedureGateway gateway;
  @Inject ServiceSettings settings;
  @Inject Node node;

  @Inject Heartbeat heartbeat;
  @Inject ManagedExecutorService executor;

  @Resource ManagedScheduledExecutorService scheduler;

  private final Map<JobId, Progress> kept = new HashMap<>();
  private final List<RepeatedTask> tasks = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void start() {
    LOG.log(Level.INFO, "node {0} starts with {1} workers", node.name(), settings.workers());
    ServiceLock.warning(ConfigProvider.getConfig()).ifPresent(text -> LOG.log(Level.WARNING, text));
    // Each by itself: a database that does not answer one must not keep the others from being done.
    every(settings.heartbeat(), heartbeat::beat);
    every(settings.poll(), this::poll);
    every(settings.poll(), gateway::observe);
    every(settings.stopping().poll(), stops::press);
    every(settings.stopping().poll(), stops::hear);
  }

  private void every(Duration time, Runnable task) {
    tasks.add(RepeatedTask.every(time, scheduler, executor, () -> guarded(task)));
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "{0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "unforeseen", e);
    }
  }

  /** The stop does not wait for a registry that may not answer. */
  private void beatElsewhere() {
    executor.execute(() -> guarded(heartbeat::beat));
  }

  private void poll() {
    // Each by itself: what one of them cannot do must not keep the others from being done.
    // What was refused must not be claimed first.
    guarded(admission::settleDoubts);
    guarded(pool::wake);
    guarded(() -> pool.settleStrays(admission::isDoubtful));
    guarded(estimates::look);
    // Last: it may wait for the row of a job whose end is being committed.
    guarded(this::keepProgress);
  }

  /** So that other nodes, and a DBA, see it too. */
  private void keepProgress() {
    List<Job> running = calls.all();
    kept.keySet().retainAll(running.stream().map(Job::id).toList());
    for (Job job : running) {
      Progress progress = job.state().lastProgress();
      if (!progress.equals(kept.getOrDefault(job.id(), Progress.NONE))) {
        // Its row may be about to be committed with its end: that is not waited for.
        registry.replaceUnlessBusy(job, job);
        kept.put(job.id(), progress);
      }
    }
  }

  /**
   * Takes no new work, lets the calls go on for a while, and has those stop that are left. What has
   * not ended then is told as lost by whoever looks next. Whoever asks a second time finds it done.
   */
  @PreDestroy
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void stop() {
    if (stopped.getAndSet(true)) {
      return;
    }
    LOG.log(Level.INFO, "node {0} stops; {1} calls are running", node.name(), calls.all().size());
    pool.stop();
    guarded(
        () -> new OrderlyStop(pool, calls, stops, settings.stopping(), this::beatElsewhere).run());
    // What beats after this node has left would have it look alive.
    tasks.forEach(RepeatedTask::end);
    guarded(feed::close);
    guarded(heartbeat::leave);
    for (Job left : calls.all()) {
      LOG.log(Level.WARNING, "job {0} goes on in the database without this node", left.id());
    }
    LOG.log(Level.INFO, "node {0} has stopped", node.name());
  }

  /** Whether this node takes no new work any more. */
  public boolean isStopping() {
    return stopped.get();
  }
}
