package org.diferido.result.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Rows of any kind, hostile ones among them. */
public final class SampleRows {

  private SampleRows() {}

  /**
   * Columns and rows.
   *
   * @param rows a value for each column
   */
  public record Table(List<String> columns, List<List<Object>> rows) {}

  public static Arbitrary<Table> tables(int mostRows) {
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            count -> {
              Arbitrary<List<String>> columns = texts().list().uniqueElements().ofSize(count);
              Arbitrary<List<List<Object>>> rows =
                  values()
                      .list()
                      .ofSize(count)
                      .map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
                      .list()
                      .ofMaxSize(mostRows);
              return Combinators.combine(columns, rows).as(Table::new);
            });
  }

  private static Arbitrary<Object> values() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, texts().map(text -> (Object) text)),
        Tuple.of(4, numbers().map(number -> (Object) number)),
        Tuple.of(1, Arbitraries.of(true, false).map(truth -> (Object) truth)),
        Tuple.of(1, Arbitraries.just(null)));
  }

  public static Arbitrary<BigDecimal> numbers() {
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers().between(-40, 150))
            .as(BigDecimal::new),
        Arbitraries.integers().map(BigDecimal::valueOf),
        Arbitraries.of("-5", "0.00", "1E+20", "1E-130", "123456789012345", "1234567890123456")
            .map(BigDecimal::new));
  }

  /** Texts without halves of characters. */
  public static Arbitrary<String> texts() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\u0000', '\u00ff')
            .withCharRange('\u2000', '\u206f')
            .withChars('"', ',', '\n', '\r', '\t', '_', 'x', '0', '<', '&', '\ufffe', '\ufeff')
            .ofMaxLength(12);
    return Arbitraries.frequencyOf(
        Tuple.of(6, any),
        Tuple.of(
            2,
            Arbitraries.of(
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "'=1",
                "_x0041_",
                " a ",
                "😀",
                "#x",
                "",
                "null",
                "<t>&amp;",
                "1e5")));
  }
}
