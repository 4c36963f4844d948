package org.diferido.rest.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.QualifiedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueCursorTest {

  @Property
  void aCursorLeadsBackToTheNameItWasMadeOf(
      @ForAll @NotEmpty @Chars({'A', 'ñ', '.', '"', ' ', '€'}) @StringLength(max = 5) String schema,
      @ForAll @Chars({'A', 'ñ', '.', '"', ' '}) @StringLength(max = 5) String pack,
      @ForAll @NotEmpty @Chars({'A', 'ñ', '.', '"', ' '}) @StringLength(max = 5) String name) {
    QualifiedName place = new QualifiedName(schema, pack.isEmpty() ? null : pack, name, false);
    String cursor = CatalogueCursor.of(place);
    assertThat(CatalogueCursor.read(cursor)).isEqualTo(place);
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void withoutACursorThePageIsTheFirst() {
    assertThat(CatalogueCursor.read(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "p", "cQ", "cEE", "cXE1", "%%%", "ñ", "cEEAQg"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> CatalogueCursor.read(cursor));
    assertThat(thrown.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(thrown.failure().fields().get(0).pointer()).isEqualTo("?cursor");
  }
}
