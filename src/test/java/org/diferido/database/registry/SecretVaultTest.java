package org.diferido.database.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.diferido.job.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVaultTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String TEXT = "{\"p_clave\":\"Secr3to ñ 👩‍👧\"}";

  private final SecretVault vault = SecretVault.withPassingKey();
  private final JobId id = JobId.random();

  @Test
  void whatWasSealedOpensForItsJob() {
    assertThat(vault.open(id, vault.seal(id, TEXT))).contains(TEXT);
    assertThat(vault.open(id, vault.seal(id, ""))).contains("");
  }

  @Test
  void itDoesNotOpenForAnotherJob() {
    assertThat(vault.open(JobId.random(), vault.seal(id, TEXT))).isEmpty();
  }

  @Test
  void itDoesNotOpenWithAnotherKey() {
    assertThat(SecretVault.withPassingKey().open(id, vault.seal(id, TEXT))).isEmpty();
  }

  @Test
  void itOpensAfterARestartWithTheSameKey() {
    byte[] sealed = SecretVault.withKey(KEY).seal(id, TEXT);
    assertThat(SecretVault.withKey(" " + KEY + "\n").open(id, sealed)).contains(TEXT);
  }

  @Test
  void itDoesNotOpenWhenAnyBitWasChanged() {
    byte[] sealed = vault.seal(id, TEXT);
    for (int at = 0; at < sealed.length; at++) {
      sealed[at] ^= 1;
      assertThat(vault.open(id, sealed)).isEmpty();
      sealed[at] ^= 1;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 12, 27})
  void whatIsTooShortDoesNotOpen(int length) {
    assertThat(vault.open(id, new byte[length])).isEmpty();
  }

  @Test
  void itShowsNothingOfTheTextAndNeverLooksTheSame() {
    Set<String> seen = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      String sealed = new String(vault.seal(id, TEXT), StandardCharsets.ISO_8859_1);
      assertThat(sealed).doesNotContain("Secr3to");
      assertThat(seen.add(sealed.substring(0, 12))).isTrue();
    }
  }

  @Test
  void itIsNonceCiphertextAndTag() {
    assertThat(vault.seal(id, "abc")).hasSize(12 + 3 + 16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c2hvcnQ=", "***not base64***"})
  void aKeyThatIsNone256BitsIsRefusedWithoutBeingTold(String key) {
    assertThatThrownBy(() -> SecretVault.withKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the key for secret parameters")
        .hasNoCause();
  }
}
