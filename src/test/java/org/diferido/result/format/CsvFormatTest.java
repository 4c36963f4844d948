package org.diferido.result.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.diferido.result.format.SampleRows.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {

  private static String written(List<String> columns, List<List<Object>> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowFormat.Writer writer = new CsvFormat().writer(columns, out);
    try {
      writer.begin();
      for (List<Object> row : rows) {
        writer.add(row);
      }
      writer.end();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(UTF_8);
  }

  @Test
  void aFileHasTheColumnsFirstAndEndsEachLineWithCrLf() {
    assertThat(
            written(
                List.of("FECHA", "REGIÓN", "IMPORTE"),
                List.of(
                    List.of("2025-12-01T00:00:00", "Castilla y León", new BigDecimal("1234.50")),
                    List.of("2025-12-02T00:00:00", "Málaga, \"la bella\"", BigDecimal.TEN))))
        .isEqualTo(
            "FECHA,REGIÓN,IMPORTE\r\n"
                + "2025-12-01T00:00:00,Castilla y León,1234.5\r\n"
                + "2025-12-02T00:00:00,\"Málaga, \"\"la bella\"\"\",10\r\n");
  }

  @Test
  void nullIsNothingAndAnEmptyTextIsInQuotes() {
    assertThat(written(List.of("A", "B", "C"), List.of(Arrays.asList(null, "", true))))
        .isEqualTo("A,B,C\r\n,\"\",true\r\n");
    assertThat(written(List.of("A"), List.of(Arrays.asList((Object) null), List.of(""))))
        .isEqualTo("A\r\n\"\"\r\n\"\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-Infinity"})
  void aTextThatWouldBeAFormulaIsNone(String text) {
    CsvRecord read = read(written(List.of("A"), List.of(List.of(text)))).get(1);
    assertThat(read.getField(0)).isEqualTo("'" + text);
  }

  @Test
  void aColumnThatWouldBeAFormulaIsNoneEither() {
    assertThat(written(List.of("=1+1"), List.of())).isEqualTo("'=1+1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "-0.1", "0", "100000000000000000000", "0.00000000000000000001"})
  void aNumberIsANumberAndIsWrittenOut(String number) {
    assertThat(written(List.of("A"), List.of(List.of(new BigDecimal(number)))))
        .isEqualTo("A\r\n" + number + "\r\n");
  }

  @Test
  void aNumberHasNoExponent() {
    assertThat(written(List.of("A"), List.of(List.of(new BigDecimal("-1.50E+20")))))
        .isEqualTo("A\r\n-150000000000000000000\r\n");
  }

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(@ForAll("tables") Table table) {
    List<CsvRecord> read = read(written(table.columns(), table.rows()));
    assertThat(read).hasSize(table.rows().size() + 1);
    assertThat(read.get(0).getFields())
        .isEqualTo(table.columns().stream().map(this::text).toList());
    for (int at = 0; at < table.rows().size(); at++) {
      List<String> expected = new ArrayList<>();
      table.rows().get(at).forEach(value -> expected.add(field(value)));
      assertThat(read.get(at + 1).getFields()).isEqualTo(expected);
    }
  }

  private static List<CsvRecord> read(String csv) {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv)) {
      return reader.stream().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String field(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof BigDecimal number
        ? number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()
        : value instanceof String text ? text(text) : value.toString();
  }

  private String text(String text) {
    return text.matches("(?s)[=+\\-@\t\r\n].*") ? "'" + text : text;
  }

  @Provide
  Arbitrary<Table> tables() {
    return SampleRows.tables(6);
  }
}
