package org.diferido.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.diferido.SystemProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlySettingsTest {

  private static final String NAME = "diferido.test.early-setting";

  @Test
  void whatNobodySetIsNotThere() {
    assertThat(EarlySettings.text(NAME)).isEmpty();
  }

  @Test
  void aSystemPropertyIsTakenAsItIs() {
    try (SystemProperty set = SystemProperty.set(NAME, " a value ")) {
      assertThat(EarlySettings.text(NAME)).contains(" a value ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aBlankOneCountsAsNotSet(String blank) {
    try (SystemProperty set = SystemProperty.set(NAME, blank)) {
      assertThat(EarlySettings.text(NAME)).isEmpty();
    }
  }

  @Test
  void theEnvironmentCountsUnderItsOwnSpelling() {
    assertThat(EarlySettings.text("path")).contains(System.getenv("PATH"));
  }

  @Test
  void aSystemPropertyGoesBeforeTheEnvironment() {
    try (SystemProperty set = SystemProperty.set("path", "/from/the/property")) {
      assertThat(EarlySettings.text("path")).contains("/from/the/property");
    }
  }
}
