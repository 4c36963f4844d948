package org.diferido.procedure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.ProcedureName.Identifier;
import org.diferido.procedure.ProcedureResult.LargeValue;

/**
 * The twin of a database: procedures are lambdas, with the demo's to begin with. As with a real
 * one, what a call did is undone when it fails, and its progress is told on the calling thread.
 */
public final class InMemoryProcedureGateway implements ProcedureGateway {

  public static final String DEFAULT_SCHEMA = "PUBLIC";

  private static final int LONGEST_TEXT = 256 * 1024;
  private static final int MOST_ROWS = 1000;

  private final List<Procedure> procedures = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> rows = new ConcurrentHashMap<>();
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  public InMemoryProcedureGateway() {
    InMemoryDemo.procedures().forEach(procedures::add);
  }

  /** What a procedure does; it throws a FailureException for what it raises. */
  @FunctionalInterface
  public interface Body {
    void run(Frame frame);
  }

  /** A procedure and its body. */
  public record Procedure(Signature signature, Body body) {}

  /** Adds a procedure. */
  public void add(Signature signature, Body body) {
    procedures.add(new Procedure(signature, body));
  }

  @Override
  public List<Signature> resolve(ProcedureName name) {
    List<String> parts = name.parts().stream().map(Identifier::folded).toList();
    String schema = parts.size() == 1 ? DEFAULT_SCHEMA : parts.get(0);
    String own = parts.get(parts.size() - 1);
    return procedures.stream()
        .map(Procedure::signature)
        .filter(each -> parts.size() <= 2)
        .filter(each -> each.name().schema().equals(schema) && each.name().name().equals(own))
        .toList();
  }

  @Override
  public List<ListedProcedure> list(CatalogueQuery query) {
    Map<QualifiedName, List<Signature>> byName =
        procedures.stream()
            .map(Procedure::signature)
            .collect(Collectors.groupingBy(Signature::name));
    return byName.keySet().stream()
        .filter(query::has)
        .filter(
            name -> query.after() == null || QualifiedName.ORDER.compare(name, query.after()) > 0)
        .sorted(QualifiedName.ORDER)
        .limit(query.most())
        .map(name -> listed(name, byName.get(name)))
        .toList();
  }

  private static ListedProcedure listed(QualifiedName name, List<Signature> overloads) {
    int functions = (int) overloads.stream().filter(Signature::isFunction).count();
    String spelling =
        ProcedureName.spelled(name, text -> text.toUpperCase(Locale.ROOT)).orElseThrow();
    return new ListedProcedure(name, spelling, overloads.size() - functions, functions);
  }

  @Override
  public ProcedureResult call(BoundCall call, CallTag tag, CallListener listener) {
    Procedure procedure =
        procedures.stream()
            .filter(each -> each.signature().equals(call.signature()))
            .findFirst()
            .orElseThrow();
    Frame frame = new Frame(call, listener);
    Running mine = new Running(Thread.currentThread());
    listener.begins(frame);
    running.put(tag.id(), mine);
    try {
      procedure.body().run(frame);
    } catch (FailureException e) {
      throw mine.cancelled.get() ? Failure.of(FailureCode.CANCELLED).toException() : e;
    } finally {
      running.remove(tag.id());
      if (mine.cancelled.get()) {
        Thread.interrupted();
      }
    }
    ProcedureResult result = new ProcedureResult(frame.result(), Duration.ZERO);
    listener.returned(result, frame);
    frame.commit();
    return result;
  }

  private record Running(Thread thread, AtomicBoolean cancelled) {
    Running(Thread thread) {
      this(thread, new AtomicBoolean());
    }
  }

  @Override
  public boolean cancel(String id) {
    return running.computeIfPresent(
            id,
            (same, call) -> {
              if (!call.cancelled.getAndSet(true)) {
                call.thread.interrupt();
              }
              return call;
            })
        != null;
  }

  /** There are no sessions that could be ended. */
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

  /** Whether a call is in its procedure. */
  public boolean isRunning(String id) {
    return running.containsKey(id);
  }

  @Override
  public void observe() {
    // Procedures tell their progress themselves.
  }

  @Override
  public void ping() {
    // There is nothing that could be away.
  }

  /** What a body sees of its call. */
  public final class Frame implements CallTransaction {

    private final BoundCall call;
    private final CallListener listener;
    private final Map<String, Object> out = new LinkedHashMap<>();
    private final Map<String, Object> resultSets = new LinkedHashMap<>();
    private final List<Runnable> work = new ArrayList<>();

    private Frame(BoundCall call, CallListener listener) {
      this.call = call;
      this.listener = listener;
    }

    /** The value that went in for a parameter. */
    public Object in(String parameter) {
      return call.bindings().stream()
          .filter(binding -> binding.parameter().name().equals(parameter))
          .findFirst()
          .orElseThrow()
          .value();
    }

    /** Sets what comes out of a parameter. */
    public void out(String parameter, Object value) {
      out.put(parameter, value);
    }

    /** Sets what a function returns. */
    public void returns(Object value) {
      out(ArgumentMatching.RETURN_VALUE, value);
    }

    /** Adds a result set. */
    public void rows(ProcedureResult.Rows rows) {
      resultSets.put("result_set_" + (resultSets.size() + 1), rows);
    }

    /** Tells progress; that somebody cannot be told is no matter of the call. */
    public void report(Progress news) {
      try {
        listener.progressed(news);
      } catch (RuntimeException e) {
        // As with a real database.
      }
    }

    /** Has something done when the call is committed. */
    public void onCommit(Runnable action) {
      work.add(action);
    }

    /** Writes rows under a tag, if the call succeeds. */
    public void insert(String tag, int count) {
      work.add(() -> rows.merge(tag, count, Integer::sum));
    }

    /** How many rows there are under a tag. */
    public int count(String tag) {
      return rows.getOrDefault(tag, 0);
    }

    private Map<String, Object> result() {
      Map<String, Object> result = new LinkedHashMap<>();
      if (call.signature().isFunction()) {
        result.put(call.returnKey(), out.get(ArgumentMatching.RETURN_VALUE));
        return result;
      }
      for (Binding binding : call.bindings()) {
        if (binding.parameter().direction().comesOut()) {
          Object value = out.get(binding.parameter().name());
          result.put(binding.key(), kept(binding, value));
        }
      }
      resultSets.forEach((name, rows) -> result.put(name, kept(name, (ProcedureResult.Rows) rows)));
      return result;
    }

    /** As a real gateway, a long text and bytes of any number are not the result's own. */
    private Object kept(Binding binding, Object value) {
      boolean bytes = binding.parameter().type() == ParameterType.BLOB;
      if (!(value instanceof String text) || (!bytes && text.length() <= LONGEST_TEXT)) {
        return value;
      }
      LargeValue.Kind kind = bytes ? LargeValue.Kind.BYTES : LargeValue.Kind.TEXT;
      byte[] all = bytes ? Base64.getDecoder().decode(text) : text.getBytes(UTF_8);
      ResultSink.ByteSink sink = listener.results().bytes(binding.key(), kind);
      sink.add(all, all.length);
      return new LargeValue(kind, all.length, sink.end());
    }

    private ProcedureResult.Rows kept(String name, ProcedureResult.Rows rows) {
      if (rows.rows().size() <= MOST_ROWS) {
        return rows;
      }
      ResultSink.RowSink sink = listener.results().rows(name, rows.columns());
      rows.rows().forEach(sink::add);
      return new ProcedureResult.Rows(
          rows.columns(), rows.rows().subList(0, MOST_ROWS), rows.rowCount(), sink.end());
    }

    private void commit() {
      work.forEach(Runnable::run);
    }
  }
}
