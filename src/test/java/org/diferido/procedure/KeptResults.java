package org.diferido.procedure;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Stored;

/** Keeps all that a call gives back that is too large for its result, and may refuse to. */
public final class KeptResults implements ResultSink, CallListener {

  private final Map<String, List<List<Object>>> rows = new LinkedHashMap<>();
  private final Map<String, ByteArrayOutputStream> bytes = new LinkedHashMap<>();

  /** Done before each row and each piece is taken. */
  private final Runnable before;

  public KeptResults() {
    this(() -> {});
  }

  /**
   * @param before done before each row and each piece is taken
   */
  public KeptResults(Runnable before) {
    this.before = before;
  }

  @Override
  public ResultSink results() {
    return this;
  }

  @Override
  public RowSink rows(String name, List<String> columns) {
    List<List<Object>> all = new ArrayList<>();
    rows.put(name, all);
    return new RowSink() {
      @Override
      public void add(List<Object> row) {
        before.run();
        all.add(row);
      }

      @Override
      public Stored end() {
        return new Stored(name, all.size(), Map.of());
      }
    };
  }

  @Override
  public ByteSink bytes(String name, LargeValue.Kind kind) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    bytes.put(name, all);
    return new ByteSink() {
      @Override
      public void add(byte[] piece, int length) {
        before.run();
        all.write(piece, 0, length);
      }

      @Override
      public Stored end() {
        return new Stored(name, all.size(), Map.of());
      }
    };
  }

  /** The rows under a name; none when they are the result's own. */
  public List<List<Object>> rowsOf(String name) {
    return rows.getOrDefault(name, List.of());
  }

  /** The bytes under a name. */
  public byte[] bytesOf(String name) {
    return bytes.get(name).toByteArray();
  }

  /** What is kept here, by its names. */
  public List<String> names() {
    List<String> names = new ArrayList<>(rows.keySet());
    names.addAll(bytes.keySet());
    return names;
  }

  /** The values of a result with what is kept here in it: text, or base64. */
  public Map<String, Object> whole(ProcedureResult result) {
    Map<String, Object> values = new LinkedHashMap<>(result.values());
    values.replaceAll((name, value) -> value instanceof LargeValue large ? of(name, large) : value);
    return values;
  }

  private String of(String name, LargeValue large) {
    return large.kind() == LargeValue.Kind.TEXT
        ? new String(bytesOf(name), StandardCharsets.UTF_8)
        : Base64.getEncoder().encodeToString(bytesOf(name));
  }
}
