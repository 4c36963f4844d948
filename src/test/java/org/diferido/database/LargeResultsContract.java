package org.diferido.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.KeptResults;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ResultSink;
import org.diferido.result.InMemoryResultStore;
import org.diferido.result.ResultWriting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows and large values of every size, from procedures that every database has here: {@code
 * FILAS(CUANTAS)} gives so many rows {@code N, T} and leaves a row in {@code HECHO}, {@code
 * TEXTO(CUANTOS, T OUT)} a text of so many characters, {@code OCTETOS(CUANTOS, B OUT)} so many
 * bytes.
 */
public abstract class LargeResultsContract {

  private static final int LONGEST_TEXT = 256 * 1024;

  protected abstract GatewayCalls calls();

  /** Under which name the rows come back. */
  protected abstract String rowsKey();

  /** How many rows there are in HECHO. */
  protected abstract int done();

  /** Whether bytes are a large value. */
  protected boolean hasLargeBytes() {
    return true;
  }

  private static Argument count(String name, int count) {
    return in(name, BigDecimal.valueOf(count));
  }

  private ProcedureResult call(CallTag tag, CallListener listener, String name, int count) {
    String parameter = name.equals("FILAS") ? "CUANTAS" : "CUANTOS";
    return calls()
        .gateway()
        .call(
            calls().bound(ProcedureName.parse(name, null), count(parameter, count)), tag, listener);
  }

  private ProcedureResult call(CallListener listener, String name, int count) {
    return call(GatewayCalls.tag(), listener, name, count);
  }

  private Rows rows(ProcedureResult result) {
    return (Rows) result.values().get(rowsKey());
  }

  private static Object only(ProcedureResult result) {
    assertThat(result.values()).hasSize(1);
    return result.values().values().iterator().next();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1000})
  void fewRowsAreTheResultsOwn(int count) {
    KeptResults kept = new KeptResults();
    Rows rows = rows(call(kept, "FILAS", count));
    assertThat(rows.rows()).hasSize(count);
    assertThat(rows.rowCount()).isEqualTo(count);
    assertThat(rows.stored()).isNull();
    assertThat(kept.names()).isEmpty();
    assertThat(rows.columns()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1500, 2001, 100_000})
  void manyRowsAreAllKeptApartAndTheFirstInTheResultAsWell(int count) {
    KeptResults kept = new KeptResults();
    Rows rows = rows(call(kept, "FILAS", count));
    assertThat(rows.rows()).hasSize(1000);
    assertThat(rows.rowCount()).isEqualTo(count);
    assertThat(rows.truncated()).isTrue();
    assertThat(rows.stored()).isNotNull();
    List<List<Object>> all = kept.rowsOf(rowsKey());
    assertThat(all).hasSize(count);
    assertThat(all.subList(0, 1000)).isEqualTo(rows.rows());
    for (int at = 0; at < count; at++) {
      assertThat(((BigDecimal) all.get(at).get(0)).intValueExact()).isEqualTo(at + 1);
      assertThat(all.get(at).get(1)).isEqualTo("fila ñ " + (at + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {LONGEST_TEXT, LONGEST_TEXT + 1, 3 * LONGEST_TEXT + 7})
  void aTextIsKeptApartOnceItIsLong(int count) {
    KeptResults kept = new KeptResults();
    ProcedureResult result = call(kept, "TEXTO", count);
    String text = "ñ".repeat(count);
    if (count <= LONGEST_TEXT) {
      assertThat(only(result)).isEqualTo(text);
      assertThat(kept.names()).isEmpty();
    } else {
      LargeValue large = (LargeValue) only(result);
      assertThat(large.kind()).isEqualTo(LargeValue.Kind.TEXT);
      assertThat(large.size()).isEqualTo(2L * count);
      assertThat(new String(kept.bytesOf(kept.names().get(0)), UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void anEmptyTextAndNoTextAreWhatTheyAre() {
    assertThat(only(call(new KeptResults(), "TEXTO", 0))).isIn("", null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 1000, 32 * 1024, 32 * 1024 + 1, 1_000_003})
  void bytesAreKeptApartHoweverFewTheyAre(int count) {
    KeptResults kept = new KeptResults();
    ProcedureResult result = call(kept, "OCTETOS", count);
    byte[] expected = HexFormat.of().parseHex("7f".repeat(count));
    if (hasLargeBytes() && only(result) != null) {
      LargeValue large = (LargeValue) only(result);
      assertThat(large.kind()).isEqualTo(LargeValue.Kind.BYTES);
      assertThat(large.size()).isEqualTo(count);
      assertThat(kept.bytesOf(kept.names().get(0))).isEqualTo(expected);
    } else {
      assertThat(only(result)).isEqualTo(Base64.getEncoder().encodeToString(expected));
    }
  }

  /** Each while it gives its fifth row or piece beyond those that the result has itself. */
  @ParameterizedTest
  @CsvSource({"FILAS, 100000, 1005", "TEXTO, 2000000, 5", "OCTETOS, 1000000, 5"})
  void aCancelThatComesWhileItIsKeptEndsTheCallAndDisturbsNobody(
      String procedure, int count, int at) {
    assumeThat(hasLargeBytes() || !procedure.equals("OCTETOS")).isTrue();
    CallTag tag = GatewayCalls.tag();
    AtomicInteger taken = new AtomicInteger();
    AtomicBoolean disturbed = new AtomicBoolean();
    KeptResults kept =
        new KeptResults(
            () -> {
              if (taken.incrementAndGet() == at) {
                // From another thread, as a cancel comes; it is there before the row is kept.
                cancelled(tag);
                disturbed.set(Thread.currentThread().isInterrupted());
              }
            });
    int before = done();
    Failure failure = GatewayCalls.failure(() -> call(tag, kept, procedure, count));
    assertThat(failure.code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(taken).hasValue(at);
    assertThat(disturbed).isFalse();
    assertThat(done()).isEqualTo(before);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(rows(call(new KeptResults(), "FILAS", 3)).rows()).hasSize(3);
    assertThat(done()).isEqualTo(before + 1);
  }

  private void cancelled(CallTag tag) {
    CountDownLatch asked = new CountDownLatch(1);
    new Thread(
            () -> {
              assertThat(calls().gateway().cancel(tag.id())).isTrue();
              asked.countDown();
            })
        .start();
    try {
      asked.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aStoreThatGoesAwayMeanwhileUndoesTheCall() {
    InMemoryResultStore store = new InMemoryResultStore();
    ResultWriting writing = new ResultWriting(store, "0".repeat(32), 1, 1L << 30);
    CallListener listener =
        new CallListener() {
          @Override
          public ResultSink results() {
            store.away = true;
            return writing;
          }
        };
    int before = done();
    for (Map.Entry<String, Integer> each :
        Map.of("FILAS", 100_000, "TEXTO", 10 * LONGEST_TEXT).entrySet()) {
      Failure failure = GatewayCalls.failure(() -> call(listener, each.getKey(), each.getValue()));
      assertThat(failure).isEqualTo(Failure.of(FailureCode.RESULT_NOT_STORED));
    }
    assertThat(done()).isEqualTo(before);
  }

  @Test
  void moreThanMayBeKeptUndoesTheCall() {
    ResultWriting writing =
        new ResultWriting(new InMemoryResultStore(), "0".repeat(32), 1, 100_000);
    CallListener listener =
        new CallListener() {
          @Override
          public ResultSink results() {
            return writing;
          }
        };
    int before = done();
    Failure failure = GatewayCalls.failure(() -> call(listener, "FILAS", 100_000));
    assertThat(failure).isEqualTo(Failure.of(FailureCode.RESULT_TOO_LARGE, 100_000));
    assertThat(done()).isEqualTo(before);
  }

  @Test
  void whatNobodyWantsIsReadAndDropped() {
    CallListener nobody = new CallListener() {};
    Rows rows = rows(call(nobody, "FILAS", 5000));
    assertThat(rows.rowCount()).isEqualTo(5000);
    assertThat(rows.rows()).hasSize(1000);
    assertThat(rows.stored()).isNull();
    LargeValue text = (LargeValue) only(call(nobody, "TEXTO", LONGEST_TEXT + 1));
    assertThat(text.size()).isEqualTo(2L * (LONGEST_TEXT + 1));
    assertThat(text.stored()).isNull();
  }
}
