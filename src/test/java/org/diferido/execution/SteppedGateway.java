package org.diferido.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.ResultSink;
import org.diferido.procedure.Signature;

/** One procedure, P(TEXT IN), whose calls wait until the test lets them go. */
final class SteppedGateway implements ProcedureGateway {

  /** A permit lets one call end. */
  final Semaphore steps = new Semaphore(0);

  final List<String> began = new CopyOnWriteArrayList<>();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  volatile RuntimeException failure;
  volatile Progress news;
  volatile List<String> log = List.of();
  volatile Commit commit = Commit.ANSWERED;
  volatile Runnable beforeCommit = () -> {};

  /** What its calls give back beside their text, once they have returned. */
  volatile Function<ResultSink, Map<String, Object>> gives = sink -> Map.of();

  final AtomicInteger committed = new AtomicInteger();

  /** Whether the calls go on though their statements are cancelled. */
  volatile boolean deaf;

  /** The ids of calls that were to be cancelled, and of those whose sessions were ended. */
  final Set<String> asked = ConcurrentHashMap.newKeySet();

  /** How often any call was asked to stop. */
  final AtomicInteger requests = new AtomicInteger();

  final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Set<String> inDatabase = ConcurrentHashMap.newKeySet();
  volatile List<Signature> signatures = List.of(signature("TEXT"));

  static Signature signature(String... parameters) {
    return new Signature(
        new QualifiedName("PUBLIC", null, "P", true),
        "P_1",
        Arrays.stream(parameters).map(SteppedGateway::text).toList(),
        null);
  }

  private static Parameter text(String name) {
    return new Parameter(name, Direction.IN, ParameterType.TEXT, "VARCHAR", false, 0, 0);
  }

  @Override
  public List<Signature> resolve(ProcedureName name) {
    return name.toString().equals("P") ? signatures : List.of();
  }

  @Override
  public List<ListedProcedure> list(CatalogueQuery query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ProcedureResult call(BoundCall call, CallTag tag, CallListener listener) {
    String text = String.valueOf(call.bindings().get(0).value());
    began.add(text);
    mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
    Transaction transaction = new Transaction();
    try {
      listener.begins(transaction);
      if (news != null) {
        listener.progressed(news);
      }
      await(tag.id());
      if (!log.isEmpty()) {
        listener.logged(log);
      }
      if (failure != null) {
        throw failure;
      }
      Map<String, Object> values = new LinkedHashMap<>(Map.of("echo", text));
      values.putAll(gives.apply(listener.results()));
      ProcedureResult result = new ProcedureResult(values, Duration.ZERO);
      listener.returned(result, transaction);
      finish(transaction);
      return result;
    } finally {
      running.decrementAndGet();
    }
  }

  /** Until it may go on, or has to stop. */
  private void await(String id) {
    inDatabase.add(id);
    try {
      while (!steps.tryAcquire(5, TimeUnit.MILLISECONDS)) {
        if (ended.contains(id)) {
          throw Failure.of(FailureCode.SESSION_ENDED).toException();
        }
        if (asked.contains(id) && !deaf) {
          throw Failure.of(FailureCode.CANCELLED).toException();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      inDatabase.remove(id);
    }
  }

  private void finish(Transaction transaction) {
    beforeCommit.run();
    if (commit != Commit.UNDONE_WITHOUT_AN_ANSWER) {
      transaction.atCommit.forEach(Runnable::run);
      committed.incrementAndGet();
    }
    if (commit != Commit.ANSWERED) {
      throw Failure.of(FailureCode.OUTCOME_UNKNOWN).toException();
    }
  }

  /** What becomes of a commit. */
  enum Commit {
    ANSWERED,
    DONE_WITHOUT_AN_ANSWER,
    UNDONE_WITHOUT_AN_ANSWER
  }

  /** The transaction of one call. */
  static final class Transaction implements CallTransaction {

    private final List<Runnable> atCommit = new ArrayList<>();

    void onCommit(Runnable action) {
      atCommit.add(action);
    }
  }

  @Override
  public boolean cancel(String id) {
    boolean there = inDatabase.contains(id);
    if (there) {
      asked.add(id);
      requests.incrementAndGet();
    }
    return there;
  }

  @Override
  public boolean terminate(String id) {
    return inDatabase.contains(id) && ended.add(id);
  }

  @Override
  public Optional<Set<String>> alive(Collection<String> ids) {
    return Optional.empty();
  }

  @Override
  public boolean stopAbandoned(String id) {
    return false;
  }

  @Override
  public void observe() {}

  @Override
  public void ping() {}
}
