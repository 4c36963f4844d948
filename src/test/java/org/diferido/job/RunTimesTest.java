package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.diferido.job.RunTimes.Estimate;
import org.junit.jupiter.api.Test;

class RunTimesTest {

  private static RunTimes of(int... seconds) {
    RunTimes runs = RunTimes.NONE;
    for (int each : seconds) {
      runs = runs.with(Duration.ofSeconds(each));
    }
    return runs;
  }

  private static Estimate after(RunTimes runs, int seconds) {
    return runs.estimate(Duration.ofSeconds(seconds)).orElseThrow();
  }

  @Test
  void withTooFewRunsNothingIsSaid() {
    assertThat(of(100, 100).estimate(Duration.ofSeconds(10))).isEmpty();
    assertThat(RunTimes.NONE.estimate(Duration.ZERO)).isEmpty();
  }

  @Test
  void halfwayThroughWhatEarlierRunsTookItIsHalfDone() {
    Estimate estimate = after(of(100, 100, 100), 50);
    assertThat(estimate.percent()).isBetween(42, 52);
    assertThat(estimate.remaining().toSeconds()).isBetween(45L, 70L);
  }

  @Test
  void whatHasTakenLongerThanTheQuickOnesIsMeasuredByTheSlowOnes() {
    RunTimes mixed = of(10, 10, 10, 10, 10, 10, 10, 10, 1000, 1000);
    assertThat(after(mixed, 5).remaining().toSeconds()).isBetween(4L, 8L);
    assertThat(after(mixed, 20).remaining().toSeconds()).isBetween(900L, 1200L);
  }

  @Test
  void beyondAllEarlierRunsNothingIsSaidOfWhatRemainsAndItIsNotDone() {
    Estimate estimate = after(of(10, 10, 10), 1000);
    assertThat(estimate.remaining()).isNull();
    assertThat(estimate.percent()).isEqualTo(99);
  }

  @Test
  void aPartOfTheRunsIsOverInATimeThatIsKnownToAFifth() {
    RunTimes runs = RunTimes.NONE;
    for (int second = 1; second <= 100; second++) {
      runs = runs.plus(of(second));
    }
    assertThat(runs.within(0.5).orElseThrow().toSeconds()).isBetween(50L, 60L);
    assertThat(runs.within(0.95).orElseThrow().toSeconds()).isBetween(95L, 114L);
    assertThat(of(7).within(0.5)).isEqualTo(of(7).within(0.95));
    assertThat(RunTimes.NONE.within(0.5)).isEmpty();
  }

  @Test
  void nothingMoreLeavesWhatIsKnownAsItIs() {
    RunTimes many = RunTimes.NONE;
    for (int at = 0; at < 2000; at++) {
      many = many.plus(of(7));
    }
    assertThat(many.plus(RunTimes.NONE)).isEqualTo(many);
  }

  @Property(tries = 300)
  void thePercentageNeverFallsAndNeverIsAHundred(
      @ForAll @Size(min = 3, max = 20) int @IntRange(min = 1, max = 100_000) [] seconds) {
    RunTimes runs = of(seconds);
    int before = 0;
    for (int at : IntStream.rangeClosed(0, 400).map(i -> i * i).toArray()) {
      Estimate estimate = after(runs, at);
      assertThat(estimate.percent()).isBetween(before, 99);
      before = estimate.percent();
    }
  }

  @Property(tries = 200)
  void whatWasWrittenIsReadAgain(
      @ForAll @Size(max = 20) int @IntRange(min = 0, max = 10_000_000) [] seconds) {
    RunTimes runs = of(seconds);
    assertThat(RunTimes.parse(runs.toString())).isEqualTo(runs);
    assertThat(runs.count()).isEqualTo(seconds.length);
  }

  @Test
  void ofVeryManyTheOldCountLessAndTheTextStaysShort() {
    RunTimes old = RunTimes.NONE;
    for (int at = 0; at < 2000; at++) {
      old = old.plus(RunTimes.NONE.with(Duration.ofMillis(1L << (at % 34))));
    }
    assertThat(old.count()).isLessThanOrEqualTo(1100);
    assertThat(old.toString().length()).isLessThan(1000);
    RunTimes now = old;
    for (int at = 0; at < 5000; at++) {
      now = now.plus(of(7));
    }
    assertThat(after(now, 3).remaining().toSeconds()).isBetween(3L, 6L);
  }
}
