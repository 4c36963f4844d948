package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.FieldError;
import org.diferido.procedure.ProcedureName.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcedureNameTest {

  @ParameterizedTest
  @CsvSource({
    "proc_test, PROC_TEST",
    "Pkg_Etl.Proceso, PKG_ETL.PROCESO",
    "app.pkg.proc, APP.PKG.PROC",
    "\"MiProc\", MiProc",
    "pkg.\"Con espacio; y --\", PKG.Con espacio; y --",
    "a1_$#, A1_$#",
    "año, AÑO",
    "\"a.b\".c, a.b.C"
  })
  void aNameIsFoldedToUpperCaseUnlessQuoted(String text, String folded) {
    ProcedureName name = ProcedureName.parse(text, null);
    assertThat(String.join(".", name.parts().stream().map(Identifier::folded).toList()))
        .isEqualTo(folded);
    assertThat(name).hasToString(text);
  }

  @Test
  void theSchemaStandsInFront() {
    assertThat(ProcedureName.parse("pkg.p", "app").parts())
        .containsExactly(
            new Identifier("app", false), new Identifier("pkg", false), new Identifier("p", false));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "\t"})
  void withoutANameThereIsNone(String text) {
    assertThat(faultOf(text, null)).isEqualTo(FieldError.of("/name", "name.empty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROC_TEST(1); DROP TABLE ASYNC_JOBS; --",
        "p--",
        "p;",
        "p q",
        " p",
        "p ",
        "p\n",
        ".p",
        "p.",
        "p..q",
        "1p",
        "_p",
        "p@link",
        "\"\"",
        "\"p",
        "p\"",
        "\"a\"b\"",
        "\"a\"\"b\"",
        "\"a\nb\"",
        "\"a\u0000b\"",
        "a\"b\"",
        "'p'",
        "p/*x*/",
        "{call p}"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThat(faultOf(text, null)).isEqualTo(FieldError.of("/name", "name.invalid", 128));
  }

  @Test
  void threePartsAreTheMost() {
    assertThat(faultOf("a.b.c.d", null)).isEqualTo(FieldError.of("/name", "name.parts", 3));
    assertThat(faultOf("a.b.c", "s")).isEqualTo(FieldError.of("/name", "name.parts", 2));
    assertThat(faultOf("a", "s.t")).isEqualTo(FieldError.of("/schema", "name.parts", 1));
  }

  @Test
  void aWrongSchemaIsToldAtItsPlace() {
    assertThat(faultOf("p", "a b")).isEqualTo(FieldError.of("/schema", "name.invalid", 128));
    assertThat(faultOf("p", "")).isEqualTo(FieldError.of("/schema", "name.empty"));
  }

  @Test
  void anIdentifierHas128CharactersAtMost() {
    String longest = "a".repeat(128);
    assertThat(ProcedureName.parse(longest, null).parts()).hasSize(1);
    assertThat(ProcedureName.parse('"' + longest + '"', null).parts()).hasSize(1);
    assertThat(faultOf(longest + "a", null).message().key()).isEqualTo("name.invalid");
    assertThat(faultOf('"' + longest + "a\"", null).message().key()).isEqualTo("name.invalid");
  }

  @Property
  void whateverIsWrittenNoQuoteAndNoControlCharacterGetsIn(
      @ForAll @StringLength(max = 40) String text) {
    try {
      for (Identifier part : ProcedureName.parse(text, null).parts()) {
        assertThat(part.text()).doesNotContain("\"").matches("[^\\p{Cntrl}]+");
        if (!part.quoted()) {
          assertThat(part.text()).matches("\\p{L}[\\p{L}\\p{M}\\p{Nd}_$#]*");
        }
      }
    } catch (FailureException e) {
      assertThat(e.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
    }
  }

  private static FieldError faultOf(String name, String schema) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> ProcedureName.parse(name, schema));
    assertThat(thrown).as(name).isNotNull();
    assertThat(thrown.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
    List<FieldError> fields = thrown.failure().fields();
    assertThat(fields).hasSize(1);
    return fields.get(0);
  }
}
