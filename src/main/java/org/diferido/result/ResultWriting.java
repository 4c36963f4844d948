package org.diferido.result;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ResultSink;
import org.diferido.result.ResultStore.Header;
import org.diferido.result.ResultStore.Position;

/** What one call gives back that is too large for its result, on its way into the store. */
public final class ResultWriting implements ResultSink {

  /** How many bytes a chunk has at most, unless a single row has more. */
  public static final int CHUNK = 256 * 1024;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final ResultStore store;
  private final String job;
  private final int attempt;
  private final long mostBytes;
  private final int chunk;
  private final List<String> begun = new ArrayList<>();
  private long bytes;

  /**
   * @param job the id of the job, 32 hex digits
   * @param attempt the how manieth claim of it
   * @param mostBytes how many bytes all of it may have, before it is compressed
   */
  public ResultWriting(ResultStore store, String job, int attempt, long mostBytes) {
    this(store, job, attempt, mostBytes, CHUNK);
  }

  ResultWriting(ResultStore store, String job, int attempt, long mostBytes, int chunk) {
    this.store = store;
    this.job = job;
    this.attempt = attempt;
    this.mostBytes = mostBytes;
    this.chunk = chunk;
  }

  /** How many bytes a chunk has at most. */
  int chunk() {
    return chunk;
  }

  /** The ids of what was begun, whether or not it came into the store. */
  public List<String> begun() {
    return List.copyOf(begun);
  }

  @Override
  public RowSink rows(String name, List<String> columns) {
    return new RowChunks(this, begin(name, "rows"), columns);
  }

  @Override
  public ByteSink bytes(String name, LargeValue.Kind kind) {
    return new ByteChunks(this, begin(name, kind == LargeValue.Kind.TEXT ? "text" : "bytes"));
  }

  private Header begin(String name, String kind) {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    Header header = new Header(HexFormat.of().formatHex(id), job, attempt, name, kind);
    begun.add(header.id());
    return header;
  }

  /**
   * So many bytes more are to be kept.
   *
   * @throws FailureException RESULT_TOO_LARGE
   */
  void count(int more) {
    bytes += more;
    if (bytes > mostBytes) {
      throw Failure.of(FailureCode.RESULT_TOO_LARGE, mostBytes).toException();
    }
  }

  /**
   * Puts a chunk into the store.
   *
   * @throws FailureException RESULT_NOT_STORED
   */
  void store(Header of, int number, Position position, byte[] chunk) {
    try {
      store.add(of, number, position, chunk);
    } catch (FailureException e) {
      throw new FailureException(Failure.of(FailureCode.RESULT_NOT_STORED), e);
    }
  }
}
