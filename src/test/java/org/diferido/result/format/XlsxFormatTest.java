package org.diferido.result.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.diferido.result.format.SampleRows.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxFormatTest {

  private static Spreadsheet written(
      XlsxFormat format, List<String> columns, List<List<Object>> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowFormat.Writer writer = format.writer(columns, out);
    try {
      writer.begin();
      for (List<Object> row : rows) {
        writer.add(row);
      }
      writer.end();
      return Spreadsheet.read(out.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object cell(Object value) {
    return written(new XlsxFormat("x"), List.of("A"), List.of(List.of(value)))
        .sheet(1)
        .get(1)
        .get(0);
  }

  @Test
  void theColumnsComeFirstAndNothingIsInTheCellOfANull() {
    Spreadsheet book =
        written(
            new XlsxFormat("ventas"),
            List.of("FECHA", "IMPORTE", "VIP"),
            List.of(
                Arrays.asList("2025-12-01T00:00:00", new BigDecimal("7.95"), true),
                Arrays.asList(null, null, false)));
    assertThat(book.sheetNames()).containsExactly("ventas");
    assertThat(book.sheet(1))
        .containsExactly(
            List.of("FECHA", "IMPORTE", "VIP"),
            List.of("2025-12-01T00:00:00", new BigDecimal("7.95"), true),
            Arrays.asList(null, null, false));
  }

  @ParameterizedTest
  @CsvSource({
    "123456789012345",
    "-0.000123456789012345",
    "1E+20",
    "1.5E-200",
    "0",
    "100000000000000000000000"
  })
  void aNumberOfFifteenDigitsIsANumber(BigDecimal number) {
    assertThat((BigDecimal) cell(number)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "1234567890123456, 1234567890123456",
    "12345678901234567890.1, 12345678901234567890.1",
    "1E-302, 0.%s1"
  })
  void aNumberThatADoubleDoesNotHaveIsAText(BigDecimal number, String text) {
    assertThat(cell(number)).isEqualTo(text.formatted("0".repeat(301)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "=HYPERLINK(\"http://evil\")", "+1", "-1", "@SUM(A1)", "1e5"})
  void aTextIsNeverAFormulaNorANumber(String text) {
    Spreadsheet book = written(new XlsxFormat("x"), List.of(text), List.of(List.of(text)));
    assertThat(book.sheet(1)).containsExactly(List.of(text), List.of(text));
    assertThat(book.xml()).doesNotContain("<f>");
  }

  @Test
  void ofATextThatIsLongerThanACellTheBeginningIsThereAndItsLength() {
    assertThat(cell("x".repeat(32_767))).isEqualTo("x".repeat(32_767));
    assertThat(cell("x".repeat(40_000)))
        .isEqualTo("x".repeat(32_767 - "… [40000]".length()) + "… [40000]");
  }

  @Test
  void rowsThatDoNotFitGoOnOnAnotherSheet() {
    List<List<Object>> rows =
        IntStream.range(0, 7)
            .mapToObj(number -> List.<Object>of(BigDecimal.valueOf(number)))
            .toList();
    Spreadsheet book = written(new XlsxFormat("filas", 4), List.of("N"), rows);
    assertThat(book.sheetNames()).hasSize(3).doesNotHaveDuplicates();
    assertThat(book.sheet(1)).hasSize(4).startsWith(List.of("N"));
    assertThat(book.sheet(2)).hasSize(4).startsWith(List.of("N"));
    assertThat(book.sheet(3)).containsExactly(List.of("N"), List.of(new BigDecimal("6")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b:c*d?e[f]",
        "'x'",
        "  ",
        "x\u0000y",
        "=1+1",
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"
      })
  void aSheetMayBeNamedAfterAnything(String name) {
    String told = written(new XlsxFormat(name), List.of("N"), List.of()).sheetNames().get(0);
    assertThat(told).isNotBlank().hasSizeLessThanOrEqualTo(31).matches("[\\w.\\- ]+");
  }

  @Test
  void manyRowsTakeNoMoreMemoryThanAFew() throws IOException {
    RowFormat.Writer writer =
        new XlsxFormat("filas").writer(List.of("N", "T"), OutputStream.nullOutputStream());
    writer.begin();
    long before = used();
    for (int number = 0; number < 300_000; number++) {
      writer.add(List.of(BigDecimal.valueOf(number), "un texto distinto " + number));
    }
    assertThat(used() - before).isLessThan(16L * 1024 * 1024);
    writer.end();
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(@ForAll("tables") Table table) {
    List<List<Object>> read = written(new XlsxFormat("x"), table.columns(), table.rows()).sheet(1);
    assertThat(read.get(0)).isEqualTo(table.columns());
    for (int at = 0; at < table.rows().size(); at++) {
      List<Object> expected = new ArrayList<>();
      table.rows().get(at).forEach(value -> expected.add(comparable(value)));
      List<Object> line = at + 1 < read.size() ? read.get(at + 1) : List.of();
      List<Object> told = new ArrayList<>();
      for (int column = 0; column < expected.size(); column++) {
        told.add(column < line.size() ? comparable(line.get(column)) : null);
      }
      assertThat(told).isEqualTo(expected);
    }
  }

  /** Numbers that a spreadsheet cannot have are told as texts. */
  private static Object comparable(Object value) {
    if (value instanceof BigDecimal number) {
      BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
      return plain.precision() > 15 ? plain.toPlainString() : plain;
    }
    return value;
  }

  @Provide
  Arbitrary<Table> tables() {
    return SampleRows.tables(4);
  }
}
