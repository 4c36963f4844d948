package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final QualifiedName OWN = new QualifiedName("APP", null, "PROC_TEST", true);
  private static final QualifiedName OWN_PACKAGE =
      new QualifiedName("APP", "PKG_ETL", "PROCESO", true);
  private static final QualifiedName FOREIGN = new QualifiedName("RRHH", null, "NOMINA", false);

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ";", " ; ;"})
  void aBlankPolicyGrantsNothing(String text) {
    assertThat(grants(text, OWN, "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a=PROC_TEST, true",
    "a=proc_test, true",
    "a=APP.PROC_TEST, true",
    "a=*, true",
    "a=PROC_*, true",
    "a=*.PROC_TEST, true",
    "a=APP.*, true",
    "a=PROC, false",
    "a=PROC_TEST_, false",
    "a=ROC_TEST, false",
    "a=RRHH.PROC_TEST, false",
    "a=PROC?TEST, false",
    "b=PROC_TEST, false"
  })
  void aPatternIsComparedWithTheFullNameAndWithTheNameInTheDefaultSchema(
      String policy, boolean granted) {
    if (policy.contains("?")) {
      assertThatThrownBy(() -> AccessPolicy.parse(policy))
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(grants(policy, OWN, "a")).isEqualTo(granted);
    }
  }

  @Test
  void aPackageIsGrantedWithAllItHas() {
    assertThat(grants("a=PKG_ETL.*", OWN_PACKAGE, "a")).isTrue();
    assertThat(grants("a=APP.PKG_ETL.PROCESO", OWN_PACKAGE, "a")).isTrue();
    assertThat(grants("a=PKG_*", OWN_PACKAGE, "a")).isTrue();
    assertThat(grants("a=PROCESO", OWN_PACKAGE, "a")).isFalse();
    assertThat(grants("a=PKG_ETL", OWN_PACKAGE, "a")).isFalse();
  }

  @Test
  void anotherSchemasProcedureIsOnlyGrantedByItsFullName() {
    assertThat(grants("a=RRHH.NOMINA", FOREIGN, "a")).isTrue();
    assertThat(grants("a=NOMINA", FOREIGN, "a")).isFalse();
  }

  @Test
  void oneGroupOfManyIsEnough() {
    AccessPolicy policy = AccessPolicy.parse(" lectura = PROC_TEST , PKG_ETL.* ; rrhh=RRHH.* ");
    assertThat(policy.grants(Set.of("x", "lectura"), OWN)).isTrue();
    assertThat(policy.grants(Set.of("rrhh"), OWN)).isFalse();
    assertThat(policy.grants(Set.of("rrhh"), FOREIGN)).isTrue();
    assertThat(policy.grants(Set.of(), OWN)).isFalse();
  }

  @Test
  void aGroupMayBeWrittenTwice() {
    assertThat(grants("a=X;a=PROC_TEST", OWN, "a")).isTrue();
  }

  @Test
  void aPointIsAPointAndNothingElse() {
    QualifiedName similar = new QualifiedName("APP", null, "PKG_ETLXPROCESO", true);
    assertThat(grants("a=PKG_ETL.PROCESO", similar, "a")).isFalse();
  }

  @Test
  void aNameWithSpacesMayBeGranted() {
    QualifiedName spaced = new QualifiedName("APP", null, "CON ESPACIO", true);
    assertThat(grants("a=CON ESPACIO", spaced, "a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=", "=X", "a=X=Y", "a=,X", "a=X;b", "a=X(1)", "a=[A-Z]"})
  void whatIsNoPolicyIsRefusedAndNamed(String text) {
    assertThatThrownBy(() -> AccessPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }

  private static boolean grants(String policy, QualifiedName name, String group) {
    return AccessPolicy.parse(policy).grants(Set.of(group), name);
  }
}
