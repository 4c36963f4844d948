package org.diferido.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.HandClock;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.SecretNames;
import org.diferido.result.InMemoryResultStore;
import org.diferido.security.Caller;

/** A node without a container, whose calls wait to be let go, and whose time stands still. */
final class SteppedNode implements AutoCloseable {

  static final Caller ANA = new Caller("ana", Set.of("callers"));
  static final Caller DIEGO = new Caller("diego", Set.of("callers"));
  static final Caller BRUNO = new Caller("bruno", Set.of("callers", "job-operator"));

  final UnsteadyRegistry registry;
  final InMemoryResultStore results = new InMemoryResultStore();
  final SteppedGateway gateway = new SteppedGateway();
  final HandClock clock = new HandClock();
  final RunningCalls calls = new RunningCalls(clock);
  final WorkerPool pool;

  /** Whether a moment lasts until a permit ends it. */
  volatile boolean lingers;

  final Semaphore moments = new Semaphore(0);

  /** Those who wait for a moment. */
  final AtomicInteger waiting = new AtomicInteger();

  /** Who may call what. */
  volatile String grants = "callers=P";

  final JobAdmission admission;
  final JobDispatcher dispatcher;
  final KnownJobs known;
  final CallStops stops;
  final JobAccess access;

  /** With what the container refuses a thread, or null. */
  volatile Throwable refusal;

  /** Whether the executor takes its time. */
  volatile boolean holdsStarts;

  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  SteppedNode(String name, UnsteadyRegistry registry, ServiceSettings settings) {
    this(name, registry, settings, JobEvents.NONE);
  }

  /** One whose events somebody is told. */
  SteppedNode(String name, UnsteadyRegistry registry, ServiceSettings settings, JobEvents events) {
    this.registry = registry;
    Node node = new Node(name);
    pool =
        new WorkerPool(
            registry,
            results,
            gateway,
            calls,
            events,
            this::execute,
            this::linger,
            settings,
            node,
            clock,
            clock);
    admission = new JobAdmission(registry, pool, events, settings, node, clock, clock);
    dispatcher =
        new JobDispatcher(
            gateway,
            registry,
            admission,
            settings,
            new AccessRules(() -> grants, clock),
            new SubmitRates(settings, clock),
            clock);
    known = new KnownJobs(calls, settings, clock);
    stops =
        new CallStops(registry, gateway, calls, known, Runnable::run, settings, node, clock, clock);
    access =
        new JobAccess(
            registry,
            calls,
            new JobLookup(registry, calls, known),
            known,
            stops,
            events,
            results,
            clock);
    // As the node's first poll: nothing is waiting.
    pool.wake();
  }

  /** Looks once for calls that are to stop, as is done every second. */
  void look() {
    stops.press();
    stops.hear();
  }

  /** What is done every two seconds, in this order. */
  void poll() {
    admission.settleDoubts();
    pool.wake();
    pool.settleStrays(admission::isDoubtful);
  }

  /** What the executor has held back is done. */
  void letStart() {
    holdsStarts = false;
    for (Runnable task = held.poll(); task != null; task = held.poll()) {
      threads.execute(task);
    }
  }

  private void linger(Duration time) {
    if (lingers) {
      waiting.incrementAndGet();
      moments.acquireUninterruptibly();
      waiting.decrementAndGet();
    }
  }

  private void execute(Runnable task) {
    if (holdsStarts) {
      held.add(task);
      return;
    }
    if (refusal instanceof Error error) {
      throw error;
    } else if (refusal instanceof RuntimeException exception) {
      throw exception;
    }
    threads.execute(task);
  }

  static ServiceSettings settings(int workers, JobRules rules) {
    return settings(workers, rules, new ServiceSettings.CallerLimits(workers, 80, null, 0, 100));
  }

  static ServiceSettings settings(
      int workers, JobRules rules, ServiceSettings.CallerLimits limits) {
    return settings(workers, rules, limits, ServiceSettings.RESULT_BYTES);
  }

  static ServiceSettings settings(
      int workers, JobRules rules, ServiceSettings.CallerLimits limits, long resultBytes) {
    return new ServiceSettings(
        workers,
        100,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        SecretNames.parse("*clave*"),
        rules,
        limits,
        new ServiceSettings.Stopping(
            Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(1)),
        new RetryPolicy(Duration.ofSeconds(10)),
        resultBytes);
  }

  static Submission call(String text) {
    return call(text, null, null);
  }

  static Submission call(String text, Duration timeout, SubmitKey key) {
    return new Submission(
        new ProcedureCall(
            ProcedureName.parse("P", null),
            null,
            false,
            List.of(new Argument("text", text, true, null, null, false))),
        Map.of(),
        null,
        timeout,
        key,
        null);
  }

  Job submit(String text) {
    return dispatcher.submit(call(text), ANA).job();
  }

  Job kept(Job job) {
    return registry.kept.find(job.id()).orElseThrow();
  }

  JobStatus status(Job job) {
    return kept(job).status();
  }

  @Override
  public void close() {
    registry.away = false;
    registry.losesAnswers = false;
    gateway.steps.release(100_000);
    moments.release(100_000);
    threads.shutdown();
  }
}
