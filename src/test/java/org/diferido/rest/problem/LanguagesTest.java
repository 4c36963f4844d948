package org.diferido.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.diferido.failure.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", ",", ";", "*", "fr", "fr-FR, de;q=0.9", "q=1", "i-klingon"})
  void whoAsksForNothingOfUseGetsSpanish(String header) {
    assertThat(Languages.preferred(header)).isEqualTo(Language.SPANISH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "es",
        "es-AR",
        "es-419,es;q=0.9,en;q=0.8",
        "es-AR, en-US;q=0.9",
        "en;q=0.5, es;q=0.6",
        "es, en",
        "en;q=0",
        "en;q=0.0, *",
      })
  void whoPrefersSpanishGetsSpanish(String header) {
    assertThat(Languages.preferred(header)).isEqualTo(Language.SPANISH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en",
        "EN",
        "en-GB",
        "en-US,en;q=0.5",
        "fr, en;q=0.1",
        "en, es",
        "es;q=0.1, en;q=0.2",
        "en ; q=0.5",
        "en-US;q=0.9, es;q=0.8, *;q=0.5",
        "es;q=0, en;q=0.001",
      })
  void whoPrefersEnglishGetsEnglish(String header) {
    assertThat(Languages.preferred(header)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void aStarStandsForWhatIsNotNamed() {
    assertThat(Languages.preferred("*, en;q=0.5")).isEqualTo(Language.SPANISH);
    assertThat(Languages.preferred("es;q=0, *")).isEqualTo(Language.ENGLISH);
    assertThat(Languages.preferred("es;q=0.2, *;q=0.8")).isEqualTo(Language.ENGLISH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en;q=2", "en;q=x", "en;q=NaN", "en;q=", "en;q=-1", "en_US"})
  void whatIsMalformedCountsAsNotSaid(String header) {
    assertThat(Languages.preferred(header)).isEqualTo(Language.SPANISH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "--", "-,en", "-;q=1", "*-", "-*"})
  void whatHasNoTagAtAllDoesNoHarm(String header) {
    assertThatCode(() -> Languages.preferred(header)).doesNotThrowAnyException();
  }

  @Property
  void noHeaderDoesAnyHarm(
      @ForAll
          @Chars({'e', 'n', 's', '*', '-', ';', 'q', '=', '0', '.', '1', ',', ' ', '\t'})
          @CharRange(from = 'a', to = 'c')
          @StringLength(max = 14)
          String header) {
    assertThatCode(() -> Languages.preferred(header)).doesNotThrowAnyException();
  }

  @Test
  void aHeaderFullOfLanguagesIsReadAtOnce() {
    String header =
        IntStream.range(0, 12_000)
            .mapToObj(
                number ->
                    "" + letter(number) + letter(number / 26) + letter(number / 676) + letter(0))
            .collect(Collectors.joining(","));

    assertTimeoutPreemptively(
        Duration.ofMillis(250), () -> IntStream.range(0, 3).forEach(at -> spanish(header)));
  }

  private static void spanish(String header) {
    assertThat(Languages.preferred(header)).isEqualTo(Language.SPANISH);
  }

  private static char letter(int number) {
    return (char) ('a' + number % 26);
  }
}
