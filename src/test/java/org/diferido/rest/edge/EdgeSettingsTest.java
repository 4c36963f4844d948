package org.diferido.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diferido.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeSettingsTest {

  @Test
  void nobodyIsTrustedUnlessTheConfigurationSaysSo() {
    EdgeSettings settings = EdgeSettings.from(TestConfig.of());
    assertThat(settings.origins()).isEmpty();
    assertThat(settings.proxies()).isEmpty();
    assertThat(settings.metricsReaders()).isEmpty();
  }

  @Test
  void originsAreAsABrowserWritesThem() {
    String origins = " https://App.example.com , http://localhost:5173,";
    assertThat(EdgeSettings.from(TestConfig.of("diferido.cors.origins", origins)).origins())
        .containsExactlyInAnyOrder("https://app.example.com", "http://localhost:5173");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example.com",
        "https://app.example.com/",
        "https://app.example.com/x",
        "https://*.example.com",
        "https://ana@app.example.com",
        "ftp://app.example.com",
        "https://"
      })
  void anythingElseStopsTheStart(String origin) {
    assertThatThrownBy(() -> EdgeSettings.from(TestConfig.of("diferido.cors.origins", origin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("diferido.cors.origins");
  }

  @Test
  void aProxyIsAnAddressOrARange() {
    assertThat(EdgeSettings.from(TestConfig.of("diferido.proxies", "10.0.0.0/8, ::1")).proxies())
        .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"));
    assertThatThrownBy(
            () -> EdgeSettings.from(TestConfig.of("diferido.proxies", "proxy.example.com")))
        .hasMessageContaining("diferido.proxies");
  }

  @Test
  void aReaderOfTheMetricsIsAnAddressOrARange() {
    assertThat(
            EdgeSettings.from(TestConfig.of("diferido.metrics.from", "10.1.0.0/16"))
                .metricsReaders())
        .containsExactly(AddressRange.parse("10.1.0.0/16"));
    assertThatThrownBy(
            () -> EdgeSettings.from(TestConfig.of("diferido.metrics.from", "prometheus")))
        .hasMessageContaining("diferido.metrics.from");
  }
}
