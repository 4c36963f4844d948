package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.procedure.ProcedureCall.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretNamesTest {

  @ParameterizedTest
  @CsvSource({
    "p_clave, true",
    "P_CLAVE_NUEVA, true",
    "Clave, true",
    "userPassword, true",
    "token, true",
    "token_x, false",
    "p_usuario, false",
    "pin, true",
    "spin, false",
    "'', false"
  })
  void aStarStandsForAnythingAndCaseDoesNotCount(String name, boolean secret) {
    SecretNames names = SecretNames.parse("*clave*, *PASSWORD* ,*token,pin");
    assertThat(names.match(name)).isEqualTo(secret);
  }

  @Test
  void noPatternsMatchNothing() {
    assertThat(SecretNames.parse("").match("clave")).isFalse();
    assertThat(SecretNames.parse(" , ,").match("")).isFalse();
  }

  @Test
  void everythingButTheStarIsTakenLiterally() {
    assertThat(SecretNames.parse("a.b").match("axb")).isFalse();
    assertThat(SecretNames.parse("a\\Eb*").match("a\\eb1")).isTrue();
    assertThat(SecretNames.parse("[x]*").match("[X]y")).isTrue();
    assertThat(SecretNames.parse("*").match("two\nlines")).isTrue();
  }

  @Test
  void aMaskedCallShowsEverythingButTheSecretValues() {
    ProcedureCall call =
        new ProcedureCall(
            ProcedureName.parse("p", null),
            null,
            false,
            List.of(in("u", "ana"), in("k", "s3cr3t"), in("n", null)));
    ProcedureCall secret = call.withSecrets(Set.of(1, 2));
    assertThat(call.hasSecrets()).isFalse();
    assertThat(secret.hasSecrets()).isTrue();
    assertThat(secret.masked().arguments())
        .extracting(Argument::value)
        .containsExactly("ana", SecretNames.MASK, null);
    assertThat(secret.arguments().get(1).value()).isEqualTo("s3cr3t");
    assertThat(secret.toString()).doesNotContain("s3cr3t", "ana");
  }

  @Test
  void membersOfObjectsAreMaskedHoweverDeepTheyAre() {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("Clave", List.of(1, 2));
    account.put("pin", null);
    account.put("resto", List.of(Map.of("PIN", "1234", "x", "y")));
    ProcedureCall call =
        new ProcedureCall(
            ProcedureName.parse("p", null), null, false, List.of(in("u", "ana"), in("c", account)));
    ProcedureCall secret = call.withSecretAttributes(Map.of(1, Set.of("CLAVE", "PIN")));
    assertThat(call.hasSecrets()).isFalse();
    assertThat(secret.hasSecrets()).isTrue();
    ProcedureCall masked = secret.masked();
    assertThat(masked.arguments().get(0).value()).isEqualTo("ana");
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("Clave", SecretNames.MASK);
    shown.put("pin", null);
    shown.put("resto", List.of(Map.of("PIN", SecretNames.MASK, "x", "y")));
    assertThat(masked.arguments().get(1).value()).isEqualTo(shown);
    assertThat(masked.hasSecrets()).isTrue();
    assertThat(secret.arguments().get(1).value()).isEqualTo(account);
  }

  private static Argument in(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }
}
