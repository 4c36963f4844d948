package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  @ParameterizedTest
  @CsvSource({
    "0, 50, 0",
    "7, 50, 14",
    "1, 3, 33",
    "2, 3, 66",
    "49, 50, 98",
    "50, 50, 99",
    "60, 50, 99",
    "1, 0, 0",
    "1, -5, 0",
    "-1, 50, 0",
    "0.5, 1, 50",
    "1e30, 1e31, 10",
    "1e-30, 1, 0"
  })
  void aReportedProgressIsAPercentageBelowAHundred(BigDecimal done, BigDecimal total, int percent) {
    Progress progress = Progress.reported(done, total, "lotes", "Lote");
    assertThat(progress.percent()).isEqualTo(percent);
    assertThat(progress.source()).isEqualTo(Progress.Source.REPORTED);
    assertThat(progress.done()).isEqualTo(done);
    assertThat(progress.total()).isEqualTo(total);
  }

  @Test
  void aPercentageThatFallsIsNotBelieved() {
    Progress half = Progress.reported(BigDecimal.ONE, BigDecimal.valueOf(2), null, "half");
    Progress less = Progress.reported(BigDecimal.ONE, BigDecimal.valueOf(4), "u", "less");
    Progress after = less.after(half);
    assertThat(after.percent()).isEqualTo(50);
    assertThat(after.message()).isEqualTo("less");
    assertThat(after.total()).isEqualTo(BigDecimal.valueOf(4));
    assertThat(half.after(less)).isSameAs(half);
    assertThat(half.after(half)).isSameAs(half);
  }

  @Test
  void inTheBeginningNothingIsKnown() {
    assertThat(Progress.NONE.percent()).isZero();
    assertThat(Progress.NONE.source()).isEqualTo(Progress.Source.NONE);
  }

  @Property
  void whateverIsReportedThePercentageIsFrom0To99(
      @ForAll BigDecimal done, @ForAll BigDecimal total) {
    assertThat(Progress.reported(done, total, null, null).percent()).isBetween(0, 99);
  }

  @Test
  void aChannelPassesReportsOnUntilItIsClosed() {
    List<Progress> told = new ArrayList<>();
    ProgressChannel.report(Progress.NONE);
    ProgressChannel channel = ProgressChannel.open(told::add);
    ProgressChannel.report(Progress.NONE);
    channel.close();
    ProgressChannel.report(Progress.NONE);
    assertThat(told).containsExactly(Progress.NONE);
  }

  @Test
  void aChannelIsItsThreadsOwn() throws InterruptedException {
    List<Progress> told = new ArrayList<>();
    try (ProgressChannel channel = ProgressChannel.open(told::add)) {
      Thread other = new Thread(() -> ProgressChannel.report(Progress.NONE));
      other.start();
      other.join();
    }
    assertThat(told).isEmpty();
  }
}
