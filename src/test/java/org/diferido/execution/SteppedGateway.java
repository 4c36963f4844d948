package org.diferido.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.diferido.procedure.QualifiedName;
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
  final AtomicInteger committed = new AtomicInteger();
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
      steps.acquireUninterruptibly();
      if (!log.isEmpty()) {
        listener.logged(log);
      }
      if (failure != null) {
        throw failure;
      }
      ProcedureResult result = new ProcedureResult(Map.of("echo", text), Duration.ZERO);
      listener.returned(result, transaction);
      finish(transaction);
      return result;
    } finally {
      running.decrementAndGet();
    }
  }

  private void finish(Transaction transaction) {
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
    return false;
  }

  @Override
  public boolean terminate(String id) {
    return false;
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
