package org.diferido.result.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.diferido.result.JsonValues;
import org.diferido.result.format.SampleRows.Table;
import org.junit.jupiter.api.Test;

class NdjsonFormatTest {

  private static String written(
      List<String> columns, List<List<Object>> rows, boolean numbersAsText) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowFormat.Writer writer = new NdjsonFormat(numbersAsText).writer(columns, out);
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

  private static JsonObject parsed(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Test
  void eachRowIsALine() {
    assertThat(
            written(
                List.of("A", "b \"c\""),
                List.of(
                    Arrays.asList(new BigDecimal("12345678901234567890.10"), "ñ\n"),
                    Arrays.asList(true, null)),
                false))
        .isEqualTo(
            """
            {"A":12345678901234567890.1,"b \\"c\\"":"ñ\\n"}
            {"A":true,"b \\"c\\"":null}
            """);
  }

  @Test
  void numbersMayBeTextsWithoutAnExponent() {
    assertThat(
            written(
                List.of("A"),
                List.of(List.of(new BigDecimal("1E+20")), List.of(new BigDecimal("1E-9"))),
                true))
        .isEqualTo("{\"A\":\"100000000000000000000\"}\n{\"A\":\"0.000000001\"}\n");
  }

  @Test
  void noRowsAreNothing() {
    assertThat(written(List.of("A"), List.of(), false)).isEmpty();
  }

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(@ForAll("tables") Table table) {
    String[] lines = written(table.columns(), table.rows(), false).split("\n");
    for (int at = 0; at < table.rows().size(); at++) {
      Map<String, Object> expected = new LinkedHashMap<>();
      for (int column = 0; column < table.columns().size(); column++) {
        Object value = table.rows().get(at).get(column);
        expected.put(
            table.columns().get(column),
            value instanceof BigDecimal number ? ExactNumbers.exact(number) : value);
      }
      assertThat(JsonValues.fromJson(parsed(lines[at]))).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<Table> tables() {
    return SampleRows.tables(6);
  }
}
