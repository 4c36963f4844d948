package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLogTest {

  @Test
  void fewLinesAreKeptAsTheyAre() {
    assertThat(CallLog.bounded(List.of("uno", "", "línea con ñ € 😀")))
        .containsExactly("uno", "", "línea con ñ € 😀");
    assertThat(CallLog.bounded(List.of())).isEmpty();
  }

  @Test
  void aTextOfSeveralLinesIsSeveralLines() {
    assertThat(CallLog.bounded(List.of("a\nb\r\nc"))).containsExactly("a", "b", "c");
  }

  @Test
  void ofVeryManyTheFirstAndTheLastAreKeptAndTheOthersCounted() {
    int all = 100_000;
    List<String> lines =
        CallLog.bounded(IntStream.range(0, all).mapToObj("línea %06d"::formatted).toList());
    assertThat(lines).first().isEqualTo("línea 000000");
    assertThat(lines).last().isEqualTo("línea 099999");
    assertThat(lines.stream().mapToInt(line -> line.length() + 1).sum())
        .isLessThanOrEqualTo(2 * CallLog.MOST_TEXT + 20);
    assertThat(lines).filteredOn(line -> line.startsWith("[")).hasSize(1);
    String gap = "[… " + (all - lines.size() + 1) + " …]";
    assertThat(lines).contains(gap);
  }

  @Test
  void aVeryLongLineIsCutButNotWithinACharacter() {
    String line = "x".repeat(CallLog.LONGEST_LINE - 1) + "😀".repeat(100);
    assertThat(CallLog.bounded(List.of(line)))
        .containsExactly("x".repeat(CallLog.LONGEST_LINE - 1) + "…");
  }
}
