package org.diferido.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diferido.failure.FailureCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds {@code docs/errors.md} to the codes that there are. */
class ErrorsPageTest {

  private static final int COLUMNS = 5;

  private static final Map<String, Row> ROWS = new LinkedHashMap<>();
  private static int lines;

  /** A line of the table: code, status, category, retryable, when. */
  private record Row(String status, String category, String retryable, String when) {}

  @BeforeAll
  static void read() throws IOException {
    for (String line : Files.readAllLines(Path.of("docs/errors.md"))) {
      if (line.startsWith("| `")) {
        List<String> cells =
            Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList();
        assertThat(cells).as(line).hasSize(COLUMNS + 1);
        ROWS.put(
            cells.get(0).replace("`", ""),
            new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4)));
        lines++;
      }
    }
  }

  @Test
  void thePageHasEveryCodeThatIsSentOnceAndNoOther() {
    Set<String> reported =
        Stream.of(FailureCode.values()).map(FailureCode::reported).collect(Collectors.toSet());

    assertThat(ROWS.keySet()).isEqualTo(reported);
    assertThat(lines).isEqualTo(reported.size());
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void thePageSaysWhoseMoveItIsAndWhetherARepetitionHelps(FailureCode code) {
    Row row = ROWS.get(code.reported());

    assertThat(row.category())
        .isEqualTo("`" + code.category().name().toLowerCase(Locale.ROOT) + "`");
    assertThat(row.retryable()).isEqualTo(code.retryable() ? "yes" : "no");
    assertThat(row.when()).isNotBlank();
  }

  /** What only ever ends a job answers no request; it has a dash. */
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void thePageHasTheStatusOfWhatAnswersARequest(FailureCode code) {
    assertThat(ROWS.get(code.reported()).status()).isIn("–", String.valueOf(HttpStatus.of(code)));
  }
}
