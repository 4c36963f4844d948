package org.diferido.failure;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}");

  /** A key as it stands in the sources: in quotes, with a point between its words. */
  private static final Pattern KEY =
      Pattern.compile("\"((?:submit|jobs?|name|argument|value|member|query)\\.[a-z0-9_]+)\"");

  private static final Properties SPANISH = load("texts.properties");
  private static final Properties ENGLISH = load("texts_en.properties");

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyCodeHasATitleAndATextInBothLanguages(FailureCode code) {
    for (Properties texts : List.of(SPANISH, ENGLISH)) {
      assertThat(texts.getProperty("title." + code)).isNotBlank();
      assertThat(texts.getProperty("failure." + code)).isNotBlank();
    }
  }

  @Test
  void noCodeHasTextsThatDoesNotExist() {
    Set<String> codes = names(Stream.of(FailureCode.values()).map(FailureCode::name));
    Set<String> told =
        names(
            SPANISH.stringPropertyNames().stream()
                .filter(key -> key.startsWith("title.") || key.startsWith("failure."))
                .map(key -> key.substring(key.indexOf('.') + 1)));

    assertThat(told).isEqualTo(codes);
  }

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertThat(ENGLISH.stringPropertyNames()).isEqualTo(SPANISH.stringPropertyNames());
  }

  @Test
  void noKeyIsWrittenTwice() throws IOException {
    for (String file : List.of("texts.properties", "texts_en.properties")) {
      List<String> keys =
          Files.readAllLines(Path.of("src/main/resources/org/diferido/failure", file)).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.substring(0, line.indexOf('=')))
              .toList();

      assertThat(keys).as(file).doesNotHaveDuplicates();
    }
  }

  @Test
  void bothLanguagesPutInTheSameArguments() {
    for (String key : SPANISH.stringPropertyNames()) {
      assertThat(placeholders(ENGLISH.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(SPANISH.getProperty(key)));
    }
  }

  @Test
  void noApostropheSwallowsWhatFollows() {
    for (Properties texts : List.of(SPANISH, ENGLISH)) {
      for (String key : texts.stringPropertyNames()) {
        assertThat(texts.getProperty(key).replace("''", "")).as(key).doesNotContain("'");
      }
    }
  }

  @Test
  void everyTextPutsInItsArgumentsAndLeavesNoBraces() {
    for (String key : SPANISH.stringPropertyNames()) {
      for (Language language : Language.values()) {
        Set<String> places = placeholders(SPANISH.getProperty(key));
        Object[] arguments = places.stream().map(place -> "<" + place + ">").toArray();
        String text = Message.of(key, arguments).in(language);

        assertThat(PLACEHOLDER.matcher(text).results().count()).as(key).isEqualTo(places.size());
        places.forEach(place -> assertThat(text).as(key).contains("<" + place + ">"));
      }
    }
  }

  @Test
  void theSourcesUseTheKeysThatThereAreAndNoOthers() throws IOException {
    Set<String> others =
        names(
            SPANISH.stringPropertyNames().stream()
                .filter(key -> !key.startsWith("title.") && !key.startsWith("failure.")));

    assertThat(usedKeys()).isEqualTo(others);
  }

  @Test
  void anArgumentIsPutInAsItIsWhateverItContains() {
    String odd = "{0} '' {1} %s ñ \u0000";

    assertThat(Message.of("argument.stranger", odd, "P()").in(Language.ENGLISH))
        .isEqualTo(odd + " is not a parameter of P()");
  }

  private static Set<String> usedKeys() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return names(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(TextsTest::source)
              .flatMap(source -> KEY.matcher(source).results())
              .map(found -> found.group(1)));
    }
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> placeholders(String text) {
    return names(PLACEHOLDER.matcher(text).results().map(MatchResult::group));
  }

  private static Set<String> names(Stream<String> names) {
    return names.collect(toCollection(TreeSet::new));
  }

  private static Properties load(String name) {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(Message.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
