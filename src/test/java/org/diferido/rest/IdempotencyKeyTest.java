package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"k", "8e03978e-40d5-43dd-bc93-6894a57f9324", "\"quoted\"", "a b"})
  void aVisibleTextIsAKey(String key) {
    assertThat(IdempotencyKey.checked(List.of(key))).isEqualTo(key);
  }

  @Test
  void withoutAHeaderThereIsNone() {
    assertThat(IdempotencyKey.checked(List.of())).isNull();
    assertThat(IdempotencyKey.checked(List.of("x".repeat(255)))).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "ñ", "a\tb", "a\u0000"})
  void anythingElseIsRefusedByItsName(String key) {
    assertRefused(key);
    assertRefused("x".repeat(256));
  }

  private static void assertRefused(String key) {
    assertThatThrownBy(() -> IdempotencyKey.checked(List.of(key)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
              assertThat(e.failure().fields().get(0).pointer()).isEqualTo("Idempotency-Key");
            });
  }

  @Test
  void ofSeveralNoneIsChosen() {
    assertThatThrownBy(() -> IdempotencyKey.checked(List.of("a", "a")))
        .isInstanceOf(FailureException.class);
  }
}
