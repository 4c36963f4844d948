package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBeginTest {

  private static final Instant NOW = Instant.parse("2025-12-10T14:30:00Z");

  @Test
  void aTokenWithoutABeginHasBegun() {
    assertThat(TokenBegin.isBefore(null, NOW)).isFalse();
  }

  @Test
  void clocksMayDifferByAMinute() {
    long now = NOW.getEpochSecond();
    assertThat(TokenBegin.isBefore(now - 1, NOW)).isFalse();
    assertThat(TokenBegin.isBefore(now + 60, NOW)).isFalse();
    assertThat(TokenBegin.isBefore(now + 61, NOW)).isTrue();
    assertThat(TokenBegin.isBefore(Json.createValue(now + 61), NOW)).isTrue();
    assertThat(TokenBegin.isBefore(Json.createValue(now), NOW)).isFalse();
    assertThat(TokenBegin.isBefore(BigDecimal.valueOf(now + 61), NOW)).isTrue();
  }

  @Test
  void timesThatNoClockHasHaveNotCome() {
    assertThat(TokenBegin.isBefore(Json.createValue(new BigDecimal("1e400")), NOW)).isTrue();
    assertThat(TokenBegin.isBefore(Json.createValue(Long.MAX_VALUE), NOW)).isTrue();
    assertThat(TokenBegin.isBefore(new BigDecimal("18446744073709551616"), NOW)).isTrue();
    assertThat(TokenBegin.isBefore(Json.createValue(new BigDecimal("-1e400")), NOW)).isFalse();
  }

  @Test
  void whatIsNoTimeHasNotCome() {
    assertThat(TokenBegin.isBefore("mañana", NOW)).isTrue();
    assertThat(TokenBegin.isBefore(Json.createValue("" + NOW.getEpochSecond()), NOW)).isTrue();
  }
}
