package org.diferido.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.heldBy;
import static org.diferido.job.SampleJobs.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobRegistry;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.LargeValue.Kind;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.ResultSink.ByteSink;
import org.diferido.procedure.ResultSink.RowSink;
import org.diferido.result.ResultStore.Header;
import org.diferido.result.ResultStore.Position;
import org.diferido.result.file.ResultFile;
import org.diferido.result.file.ResultFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of results keeps to, beside the registry whose jobs they are of. */
public abstract class ResultStoreContract {

  private static final long PLENTY = 1L << 30;
  private static final int CHUNK = ResultWriting.CHUNK;
  private static final List<String> COLUMNS = List.of("N", "TEXTO", "CIERTO", "NADA");

  private JobRegistry registry;
  private ResultStore store;
  private Job job;

  /** A registry without jobs. */
  protected abstract JobRegistry emptyRegistry();

  /** The store beside it, with nothing in it. */
  protected abstract ResultStore emptyStore();

  @BeforeEach
  void aJobIsThere() {
    registry = emptyRegistry();
    store = emptyStore();
    job = running();
    registry.add(job);
  }

  private ResultWriting writing(Job of) {
    int attempt = of.state().heldBy().orElseThrow().attempt();
    return new ResultWriting(store, of.id().hex(), attempt, PLENTY);
  }

  private static List<Object> row(int number) {
    return Arrays.asList(
        BigDecimal.valueOf(number), "fila " + number + " ñ€😀", number % 2 == 0, null);
  }

  private static Rows written(ResultWriting writing, String name, int count) {
    RowSink sink = writing.rows(name, COLUMNS);
    IntStream.range(0, count).forEach(number -> sink.add(row(number)));
    return new Rows(COLUMNS, List.of(row(0)), count, sink.end());
  }

  private static LargeValue written(ResultWriting writing, Kind kind, byte[] bytes, int step) {
    ByteSink sink = writing.bytes("grande", kind);
    for (int from = 0; from < bytes.length; from += step) {
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step));
      sink.add(piece, piece.length);
    }
    return new LargeValue(kind, bytes.length, sink.end());
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] whole(ResultFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    return out.toByteArray();
  }

  private ResultFiles files() {
    return new ResultFiles(store);
  }

  private boolean isThere(Stored stored) {
    return store.position(stored.id(), 0).isPresent();
  }

  private static FailureCode codeOf(ThrowingCallable action) {
    return catchThrowableOfType(FailureException.class, action).failure().code();
  }

  // Rows

  @Test
  void rowsComeBackAsTheyWereInChunksThatSayWhereTheyBegin() {
    int count = 20_000;
    Stored stored = written(writing(job), "filas", count).stored();
    assertThat(stored.chunks()).isGreaterThan(2);
    List<List<Object>> all = new ArrayList<>();
    for (int chunk = 0; chunk < stored.chunks(); chunk++) {
      assertThat(store.position(stored.id(), chunk).orElseThrow().row()).isEqualTo(all.size());
      byte[] bytes = store.chunk(stored.id(), chunk).orElseThrow();
      assertThat(bytes).hasSizeLessThanOrEqualTo(CHUNK);
      all.addAll(RowCodec.read(bytes, COLUMNS.size()));
    }
    assertThat(all).hasSize(count).startsWith(row(0), row(1)).endsWith(row(count - 1));
    assertThat(store.chunk(stored.id(), stored.chunks())).isEmpty();
    assertThat(store.position(stored.id(), stored.chunks())).isEmpty();
  }

  @Test
  void theirFilesAreAsLongAsWasFoundOutAndAPartOfOneIsTheSameAsThatOfTheWhole() throws IOException {
    Rows rows = written(writing(job), "filas", 20_000);
    for (ResultFile file : List.of(files().csv(rows), files().ndjson(rows, false))) {
      byte[] whole = whole(file);
      assertThat(file.length()).isEqualTo((long) whole.length);
      Random random = new Random(7);
      for (int each = 0; each < 20; each++) {
        int from = random.nextInt(whole.length);
        int length = 1 + random.nextInt(Math.min(100_000, whole.length - from));
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        file.write(part, from, length);
        assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(whole, from, from + length));
      }
    }
  }

  @Test
  void aRowThatIsLargerThanAChunkHasOneOfItsOwn() {
    ResultWriting writing = writing(job);
    RowSink sink = writing.rows("filas", List.of("T"));
    List<String> texts = List.of("a", "ñ".repeat(3 * CHUNK), "b", "€".repeat(CHUNK), "c");
    texts.forEach(text -> sink.add(List.of(text)));
    Stored stored = sink.end();
    List<Object> all = new ArrayList<>();
    for (int chunk = 0; chunk < stored.chunks(); chunk++) {
      RowCodec.read(store.chunk(stored.id(), chunk).orElseThrow(), 1)
          .forEach(row -> all.add(row.get(0)));
    }
    assertThat(all).isEqualTo(texts);
    assertThat(stored.chunks()).isEqualTo(5);
  }

  @Test
  void noRowsAreAChunkToo() throws IOException {
    Rows none = written(writing(job), "filas", 0);
    assertThat(none.stored().chunks()).isEqualTo(1);
    assertThat(new String(whole(files().csv(none)), StandardCharsets.UTF_8))
        .isEqualTo("N,TEXTO,CIERTO,NADA\r\n");
    assertThat(whole(files().ndjson(none, false))).isEmpty();
  }

  // Bytes

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 17})
  void bytesOfAnyNumberComeBack(int count) throws IOException {
    byte[] bytes = bytes(count);
    for (int step : new int[] {32 * 1024, 8191, count + 1}) {
      LargeValue value = written(writing(job), Kind.BYTES, bytes, step);
      ResultFile file = files().large(value);
      assertThat(file.length()).isEqualTo(count);
      assertThat(whole(file)).isEqualTo(bytes);
      assertThat(value.stored().chunks()).isEqualTo(Math.max(1, (count + CHUNK - 1) / CHUNK));
      if (count > 2) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        file.write(part, count / 2, count - count / 2);
        assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, count / 2, count));
      }
    }
  }

  @Test
  void aCharacterThatIsCutByAChunkIsWhole() throws IOException {
    String text = "x".repeat(CHUNK - 1) + "😀" + "ñ".repeat(CHUNK);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    LargeValue value = written(writing(job), Kind.TEXT, utf8, 1000);
    assertThat(new String(whole(files().large(value)), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void bytesThatCannotBeCompressedFitToo() throws IOException {
    byte[] noise = bytes(3 * CHUNK);
    assertThat(whole(files().large(written(writing(job), Kind.BYTES, noise, CHUNK))))
        .isEqualTo(noise);
  }

  // Whose they are

  @Test
  void severalResultsOfOneJobAreApart() throws IOException {
    ResultWriting writing = writing(job);
    RowSink one = writing.rows("mismo", List.of("N"));
    RowSink other = writing.rows("mismo", List.of("N"));
    for (int number = 0; number < 100; number++) {
      one.add(List.of(BigDecimal.ONE));
      other.add(List.of(BigDecimal.TEN));
    }
    Rows ones = new Rows(List.of("N"), List.of(), 100, one.end());
    Rows tens = new Rows(List.of("N"), List.of(), 100, other.end());
    assertThat(new String(whole(files().csv(ones)), StandardCharsets.UTF_8)).doesNotContain("10");
    assertThat(new String(whole(files().csv(tens)), StandardCharsets.UTF_8))
        .isEqualTo("N\r\n" + "10\r\n".repeat(100));
    assertThat(writing.begun()).containsExactly(ones.stored().id(), tens.stored().id());
  }

  @Test
  void namesOfAnyKindAreKept() {
    for (String name :
        List.of("", "a/b", "ñ€😀", "x".repeat(5000), "😀".repeat(300), "'; --", "\0")) {
      assertThat(isThere(written(writing(job), name, 3).stored())).as(name).isTrue();
    }
  }

  @Test
  void nothingIsAddedForAJobThatIsNotThere() {
    registry.remove(job);
    RowSink sink = writing(job).rows("filas", COLUMNS);
    sink.add(row(1));
    assertThat(codeOf(sink::end)).isEqualTo(FailureCode.RESULT_NOT_STORED);
  }

  @Test
  void nothingIsAddedToWhatWasRemovedMeanwhile() {
    ResultWriting writing = writing(job);
    ByteSink sink = writing.bytes("grande", Kind.BYTES);
    sink.add(bytes(2 * CHUNK), 2 * CHUNK);
    store.remove(writing.begun());
    assertThat(codeOf(() -> sink.add(bytes(2 * CHUNK), 2 * CHUNK)))
        .isEqualTo(FailureCode.RESULT_NOT_STORED);
    assertThat(store.position(writing.begun().get(0), 0)).isEmpty();
    assertThat(store.position(writing.begun().get(0), 1)).isEmpty();
  }

  @Test
  void aChunkIsAddedOnce() {
    Header header = new Header("0".repeat(32), job.id().hex(), 1, "filas", "rows");
    store.add(header, 0, Position.BEGINNING, bytes(10));
    assertThat(codeOf(() -> store.add(header, 0, Position.BEGINNING, bytes(11))))
        .isEqualTo(FailureCode.INTERNAL_ERROR);
    store.add(header, 1, Position.BEGINNING, bytes(1));
    assertThat(codeOf(() -> store.add(header, 1, Position.BEGINNING, bytes(2))))
        .isEqualTo(FailureCode.INTERNAL_ERROR);
    assertThat(store.chunk(header.id(), 0)).hasValue(bytes(10));
    assertThat(store.chunk(header.id(), 1)).hasValue(bytes(1));
  }

  @Test
  void whatWasLeftInTheMiddleIsThereUntilItIsRemoved() {
    ResultWriting writing = writing(job);
    ByteSink sink = writing.bytes("grande", Kind.BYTES);
    sink.add(bytes(3 * CHUNK + 1), 3 * CHUNK + 1);
    String id = writing.begun().get(0);
    assertThat(store.chunk(id, 2)).isPresent();
    store.remove(List.of(id));
    assertThat(store.chunk(id, 0)).isEmpty();
    assertThat(store.chunk(id, 2)).isEmpty();
  }

  // Removal

  @Test
  void onlyWhatIsNamedIsRemovedHoweverLargeItIs() {
    ResultWriting writing = writing(job);
    LargeValue large = written(writing, Kind.BYTES, bytes(50 * CHUNK), CHUNK);
    Rows rows = written(writing, "filas", 10);
    store.remove(List.of(large.stored().id(), "f".repeat(32)));
    assertThat(isThere(large.stored())).isFalse();
    assertThat(store.chunk(large.stored().id(), 49)).isEmpty();
    assertThat(isThere(rows.stored())).isTrue();
    store.remove(List.of());
    assertThat(isThere(rows.stored())).isTrue();
  }

  @Test
  void theResultsOfAnAttemptAndThoseBeforeAreRemovedAndNotThoseOfLaterOnes() {
    Rows first = written(writing(job), "filas", 10);
    Rows second = written(writing(heldBy(job, NODE, 2)), "filas", 10);
    Rows third = written(writing(heldBy(job, NODE, 3)), "filas", 10);
    Job another = running();
    registry.add(another);
    Rows others = written(writing(another), "filas", 10);
    store.removeOf(job.id().hex(), 2);
    assertThat(isThere(first.stored())).isFalse();
    assertThat(isThere(second.stored())).isFalse();
    assertThat(isThere(third.stored())).isTrue();
    assertThat(isThere(others.stored())).isTrue();
  }

  @Test
  void whatAJobThatIsRemovedHasIsForgottenWhicheverWayTheJobIsRemoved() {
    List<Stored> gone = new ArrayList<>();
    Job ended = job.succeeded(RESULT, LATER);
    gone.add(written(writing(job), "filas", 10).stored());
    registry.replace(job, ended);
    Job other = running();
    registry.add(other);
    gone.add(written(writing(other), "filas", 10).stored());
    registry.replace(other, other.succeeded(RESULT, LATER));
    Job stays = running();
    registry.add(stays);
    Stored kept = written(writing(stays), "filas", 10).stored();

    assertThat(store.removeForgotten()).isZero();
    assertThat(registry.remove(ended)).isTrue();
    assertThat(registry.removeEnded(new JobFilter(null, Set.of(), null))).isEqualTo(1);
    assertThat(store.removeForgotten()).isEqualTo(2);
    assertThat(gone).noneMatch(this::isThere);
    assertThat(isThere(kept)).isTrue();
    assertThat(store.removeForgotten()).isZero();
  }

  @Test
  void manyThatAreForgottenAreRemovedTogether() {
    List<Stored> all = new ArrayList<>();
    for (int each = 0; each < 45; each++) {
      Job one = running();
      registry.add(one);
      all.add(written(writing(one), "filas", 1).stored());
      registry.replace(one, one.succeeded(RESULT, LATER));
    }
    registry.removeEnded(new JobFilter(null, Set.of(), null));
    assertThat(store.removeForgotten()).isEqualTo(45);
    assertThat(all).noneMatch(this::isThere);
  }

  // Limits

  @Test
  void allResultsOfAJobTogetherHaveNoMoreBytesThanTheyMay() {
    ResultWriting writing = new ResultWriting(store, job.id().hex(), 1, 2L * CHUNK);
    written(writing, Kind.BYTES, bytes(CHUNK), CHUNK);
    written(writing, Kind.BYTES, bytes(CHUNK), CHUNK);
    ByteSink third = writing.bytes("grande", Kind.BYTES);
    FailureException refused =
        catchThrowableOfType(FailureException.class, () -> third.add(bytes(1), 1));
    assertThat(refused.failure().code()).isEqualTo(FailureCode.RESULT_TOO_LARGE);
    assertThat(refused.failure().arguments()).containsExactly(String.valueOf(2L * CHUNK));
    RowSink rows = writing.rows("filas", COLUMNS);
    assertThat(codeOf(() -> rows.add(row(1)))).isEqualTo(FailureCode.RESULT_TOO_LARGE);
  }

  @Test
  void whereItIsSurvivesTheRegistry() {
    Rows rows = written(writing(job), "filas", 5000);
    LargeValue large = written(writing(job), Kind.TEXT, bytes(10), 10);
    ProcedureResult result =
        new ProcedureResult(Map.of("filas", rows, "grande", large), Duration.ofMillis(3));
    registry.replace(job, job.succeeded(result, LATER));
    assertThat(registry.find(job.id())).contains(job.succeeded(result, LATER));
    assertThat(result.storedIds())
        .containsExactlyInAnyOrder(rows.stored().id(), large.stored().id());
  }
}
