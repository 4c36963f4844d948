package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  private static Argument in(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }
}
