package org.diferido.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ResultSink.ByteSink;
import org.diferido.procedure.ResultSink.RowSink;
import org.diferido.result.file.JsonPage;
import org.diferido.result.file.ResultFile;
import org.diferido.result.file.ResultFiles;
import org.diferido.result.format.ExactNumbers;
import org.diferido.result.format.SampleRows;
import org.diferido.result.format.SampleRows.Table;
import org.junit.jupiter.api.Test;

/** What is stored of rows, and what is made of it again, however the chunks are cut. */
class ResultWritingTest {

  private static final String JOB = "0".repeat(32);
  private static final long PLENTY = 1L << 30;

  private final InMemoryResultStore store = new InMemoryResultStore();
  private final ResultFiles files = new ResultFiles(store);

  private Rows stored(Table table, int chunk) {
    RowSink sink = new ResultWriting(store, JOB, 1, PLENTY, chunk).rows("filas", table.columns());
    table.rows().forEach(sink::add);
    return new Rows(table.columns(), List.of(), table.rows().size(), sink.end());
  }

  private static Rows kept(Table table) {
    return new Rows(table.columns(), table.rows(), table.rows().size());
  }

  private static byte[] whole(ResultFile file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      file.write(out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static byte[] part(ResultFile file, int from, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      file.write(out, from, length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  @Property(tries = 300)
  void aFileIsTheSameWhereverTheRowsAreAndAsLongAsWasFoundOut(
      @ForAll("tables") Table table, @ForAll @IntRange(min = 1, max = 300) int chunk) {
    Rows stored = stored(table, chunk);
    Rows kept = kept(table);
    assertThat(whole(files.csv(stored))).isEqualTo(whole(files.csv(kept)));
    assertThat(whole(files.ndjson(stored, false))).isEqualTo(whole(files.ndjson(kept, false)));
    assertThat(whole(files.ndjson(stored, true))).isEqualTo(whole(files.ndjson(kept, true)));
    for (ResultFile file : List.of(files.csv(stored), files.ndjson(stored, false))) {
      assertThat(file.length()).isEqualTo((long) whole(file).length);
    }
    assertThat(files.ndjson(stored, true).length()).isNull();
  }

  @Property(tries = 300)
  void anyPartOfAFileIsThatOfTheWhole(
      @ForAll("tables") Table table,
      @ForAll @IntRange(min = 1, max = 300) int chunk,
      @ForAll @IntRange(max = 10_000) int begin,
      @ForAll @IntRange(max = 10_000) int end) {
    for (Rows rows : List.of(stored(table, chunk), kept(table))) {
      for (ResultFile file : List.of(files.csv(rows), files.ndjson(rows, false))) {
        byte[] whole = whole(file);
        if (whole.length > 0) {
          int from = begin % whole.length;
          int to = from + 1 + end % (whole.length - from);
          assertThat(part(file, from, to - from)).isEqualTo(Arrays.copyOfRange(whole, from, to));
        }
      }
    }
  }

  @Property(tries = 300)
  void thePagesTogetherHaveAllRowsInTheirOrder(
      @ForAll("tables") Table table,
      @ForAll @IntRange(min = 1, max = 300) int chunk,
      @ForAll @IntRange(min = 1, max = 9) int limit) {
    for (Rows rows : List.of(stored(table, chunk), kept(table))) {
      List<Object> all = new ArrayList<>();
      Long from = 0L;
      while (from != null) {
        JsonPage page = files.page(rows, from, limit, false);
        JsonObject json = parsed(page.body());
        assertThat(json.getJsonArray("rows").size()).isLessThanOrEqualTo(limit);
        assertThat(json.getInt("row_count")).isEqualTo(table.rows().size());
        assertThat(JsonValues.fromJson(json.get("columns"))).isEqualTo(table.columns());
        json.getJsonArray("rows").forEach(row -> all.add(JsonValues.fromJson(row)));
        from = page.next();
      }
      assertThat(all).isEqualTo(objects(table));
    }
  }

  private static JsonObject parsed(byte[] body) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      return reader.readObject();
    }
  }

  private static List<Object> objects(Table table) {
    List<Object> all = new ArrayList<>();
    for (List<Object> row : table.rows()) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int column = 0; column < row.size(); column++) {
        Object value = row.get(column);
        object.put(
            table.columns().get(column),
            value instanceof BigDecimal number ? ExactNumbers.exact(number) : value);
      }
      all.add(object);
    }
    return all;
  }

  @Provide
  Arbitrary<Table> tables() {
    return SampleRows.tables(12);
  }

  @Test
  void halfACharacterIsAQuestionMarkEverywhereAndTheLengthIsRight() {
    Table halves = new Table(List.of("A"), List.of(List.of("a\ud83d"), List.of("\ude00b")));
    Rows stored = stored(halves, 10);
    assertThat(new String(whole(files.csv(stored)), UTF_8)).isEqualTo("A\r\na?\r\n?b\r\n");
    for (ResultFile file : List.of(files.csv(stored), files.ndjson(stored, false))) {
      assertThat(file.length()).isEqualTo((long) whole(file).length);
    }
  }

  @Test
  void aPageOfLargeRowsEndsBeforeItsLimit() {
    List<Object> row = List.of("x".repeat(1_500_000));
    Rows rows = stored(new Table(List.of("A"), List.of(row, row, row, row, row)), 1000);
    JsonPage first = files.page(rows, 0, 1000, false);
    assertThat(first.next()).isEqualTo(3);
    assertThat(parsed(first.body()).getJsonArray("rows")).hasSize(3);
    JsonPage second = files.page(rows, 3, 1000, false);
    assertThat(second.next()).isNull();
    assertThat(parsed(second.body()).getJsonArray("rows")).hasSize(2);
  }

  @Test
  void aPageBehindTheLastRowHasNone() {
    Rows rows = stored(new Table(List.of("A"), List.of(List.of("x"))), 10);
    assertThat(parsed(files.page(rows, 1, 10, false).body()).getJsonArray("rows")).isEmpty();
  }

  @Test
  void whatIsGoneInTheMiddleOfAFileIsNotPassedOver() {
    List<Object> row = List.of("x".repeat(100));
    Rows rows = stored(new Table(List.of("A"), List.of(row, row, row, row)), 100);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultFile file = files.ndjson(rows, false);
    file.length();
    store.remove(List.of(rows.stored().id()));
    assertThatThrownBy(() -> file.write(out))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RESULT_NOT_FOUND));
    assertThatThrownBy(() -> file.write(out, 300, 50)).isInstanceOf(FailureException.class);
  }

  @Test
  void aStoreThatIsOutOfReachEndsTheWritingAndSaysSo() {
    RowSink rows = new ResultWriting(store, JOB, 1, PLENTY, 10).rows("filas", List.of("A"));
    rows.add(List.of("x".repeat(20)));
    store.away = true;
    assertThatThrownBy(() -> rows.add(List.of("x")))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.RESULT_NOT_STORED);
              assertThat(e.failure().code().retryable()).isTrue();
            })
        .cause()
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE));
  }

  @Test
  void theLimitIsOfAllResultsTogetherAndIsTold() {
    ResultWriting writing = new ResultWriting(store, JOB, 1, 100, 10);
    ByteSink bytes = writing.bytes("uno", LargeValue.Kind.BYTES);
    bytes.add(new byte[60], 60);
    RowSink rows = writing.rows("dos", List.of("A"));
    assertThatThrownBy(() -> rows.add(List.of("x".repeat(60))))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.of(FailureCode.RESULT_TOO_LARGE, 100)));
    assertThat(writing.begun()).hasSize(2).doesNotHaveDuplicates();
  }
}
