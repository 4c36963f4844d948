package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenGateTest {

  private static final Instant NOW = Instant.parse("2025-12-10T14:30:00Z");

  @Test
  void aTokenWithoutABeginHasBegun() {
    assertThat(TokenGate.isBefore(null, NOW)).isFalse();
  }

  @Test
  void clocksMayDifferByAMinute() {
    long now = NOW.getEpochSecond();
    assertThat(TokenGate.isBefore(now - 1, NOW)).isFalse();
    assertThat(TokenGate.isBefore(now + 60, NOW)).isFalse();
    assertThat(TokenGate.isBefore(now + 61, NOW)).isTrue();
    assertThat(TokenGate.isBefore(Json.createValue(now + 61), NOW)).isTrue();
    assertThat(TokenGate.isBefore(Json.createValue(now), NOW)).isFalse();
    assertThat(TokenGate.isBefore(BigDecimal.valueOf(now + 61), NOW)).isTrue();
  }

  @Test
  void timesThatNoClockHasHaveNotCome() {
    assertThat(TokenGate.isBefore(Json.createValue(new BigDecimal("1e400")), NOW)).isTrue();
    assertThat(TokenGate.isBefore(Json.createValue(Long.MAX_VALUE), NOW)).isTrue();
    assertThat(TokenGate.isBefore(new BigDecimal("18446744073709551616"), NOW)).isTrue();
    assertThat(TokenGate.isBefore(Json.createValue(new BigDecimal("-1e400")), NOW)).isFalse();
  }

  @Test
  void whatIsNoTimeHasNotCome() {
    assertThat(TokenGate.isBefore("mañana", NOW)).isTrue();
    assertThat(TokenGate.isBefore(Json.createValue("" + NOW.getEpochSecond()), NOW)).isTrue();
  }

  @Test
  void aTokenIsThreePartsOfBase64UrlAndNothingElse() {
    assertThat(TokenGate.isWhole("eyJh-_0.eyJz.Zz9")).isTrue();
    assertThat(TokenGate.isWhole(null)).isFalse();
    assertThat("!=+/ \t\r\n~*ñ".chars().mapToObj(Character::toString))
        .noneMatch(each -> TokenGate.isWhole("eyJh.eyJz.Z" + each + "z9"))
        .noneMatch(each -> TokenGate.isWhole("eyJh.eyJz.Zz9" + each))
        .noneMatch(each -> TokenGate.isWhole(each + "eyJh.eyJz.Zz9"));
    assertThat(TokenGate.isWhole("eyJh.eyJz")).isFalse();
    assertThat(TokenGate.isWhole("eyJh.eyJz.")).isFalse();
    assertThat(TokenGate.isWhole("eyJh.eyJz.Zz9.Zz9")).isFalse();
  }
}
