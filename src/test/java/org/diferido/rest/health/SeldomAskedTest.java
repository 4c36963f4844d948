package org.diferido.rest.health;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.HandClock;
import org.junit.jupiter.api.Test;

class SeldomAskedTest {

  private static final Optional<String> NO_ANSWER = Optional.of("no answer");

  private final HandClock clock = new HandClock();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void anAnswerHoldsForASecond() {
    SeldomAsked<Optional<String>> ready =
        new SeldomAsked<>(
            () -> Optional.of("trouble " + asked.incrementAndGet()), NO_ANSWER, clock);
    assertThat(ready.answer()).contains("trouble 1");
    clock.advance(Duration.ofMillis(999));
    assertThat(ready.answer()).contains("trouble 1");
    clock.advance(Duration.ofMillis(1));
    assertThat(ready.answer()).contains("trouble 2");
  }

  @Test
  void whileItIsAskedOthersAreToldTheLastAnswer() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    SeldomAsked<Optional<String>> ready =
        new SeldomAsked<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                return Optional.empty();
              }
              begun.countDown();
              await(answered);
              return Optional.of("away");
            },
            NO_ANSWER,
            clock);
    assertThat(ready.answer()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    CompletableFuture<Optional<String>> slow = CompletableFuture.supplyAsync(ready::answer);
    assertThat(begun.await(10, SECONDS)).isTrue();
    assertThat(ready.answer()).isEmpty();
    answered.countDown();
    assertThat(slow.get(10, SECONDS)).contains("away");
    assertThat(ready.answer()).contains("away");
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatDoesNotAnswerIsTrouble() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    SeldomAsked<Optional<String>> ready =
        new SeldomAsked<>(
            () -> {
              begun.countDown();
              await(answered);
              return Optional.empty();
            },
            NO_ANSWER,
            clock,
            Duration.ofMillis(1));
    CompletableFuture<Optional<String>> first = CompletableFuture.supplyAsync(ready::answer);
    assertThat(begun.await(10, SECONDS)).isTrue();
    assertThat(ready.answer()).isEqualTo(NO_ANSWER);
    answered.countDown();
    assertThat(first.get(10, SECONDS)).isEmpty();
    assertThat(ready.answer()).isEmpty();
  }

  @Test
  void anOldAnswerDoesNotHoldWhileANewOneIsWaitedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    SeldomAsked<Optional<String>> ready =
        new SeldomAsked<>(
            () -> {
              if (asked.incrementAndGet() > 1) {
                begun.countDown();
                await(answered);
              }
              return Optional.empty();
            },
            NO_ANSWER,
            clock);
    assertThat(ready.answer()).isEmpty();
    clock.advance(Duration.ofSeconds(4));
    CompletableFuture<Optional<String>> slow = CompletableFuture.supplyAsync(ready::answer);
    assertThat(begun.await(10, SECONDS)).isTrue();
    assertThat(ready.answer()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(ready.answer()).isEqualTo(NO_ANSWER);
    answered.countDown();
    assertThat(slow.get(10, SECONDS)).isEmpty();
  }

  @Test
  void aQuestionThatFailsIsPutAgain() {
    SeldomAsked<Optional<String>> ready =
        new SeldomAsked<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("unforeseen");
              }
              return Optional.empty();
            },
            NO_ANSWER,
            clock);
    assertThatThrownBy(ready::answer).isInstanceOf(IllegalStateException.class);
    assertThat(ready.answer()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
