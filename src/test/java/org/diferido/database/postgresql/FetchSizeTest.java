package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchSizeTest {

  @ParameterizedTest
  @CsvSource({"10, 2000", "1000, 1048", "100000, 10", "1000000, 2", "100000000, 2", "0, 2000"})
  void soManyRowsAreFetchedAsMakeAMebibyte(long textOfARow, int rows) {
    FetchSize size = new FetchSize(500);
    assertThat(size.rows()).isEqualTo(500);
    size.adapt(500 * textOfARow);
    assertThat(size.rows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({"10, 2000", "100000, 10"})
  void onlyTheLastFetchCounts(long textOfARow, int rows) {
    FetchSize size = new FetchSize(500);
    size.adapt(500 * 1000);
    size.adapt(500 * 1000 + 1048 * textOfARow);
    assertThat(size.rows()).isEqualTo(rows);
  }
}
