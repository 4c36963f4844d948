package org.diferido.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.diferido.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsReadersTest {

  private static boolean areAsking(
      String proxies, String from, String address, String name, Map<String, String> headers) {
    EdgeSettings settings =
        EdgeSettings.from(
            TestConfig.of("diferido.proxies", proxies, "diferido.metrics.from", from));
    return new MetricsReaders(settings, new ForwardedRequest(settings))
        .areAsking(request(address, name, headers));
  }

  private static HttpServletRequest request(
      String address, String name, Map<String, String> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            MetricsReadersTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> address;
                  case "getServerName" -> name;
                  case "getHeader" -> headers.get((String) arguments[0]);
                  case "getHeaders" ->
                      Collections.enumeration(
                          headers.containsKey((String) arguments[0])
                              ? List.of(headers.get((String) arguments[0]))
                              : List.of());
                  default -> throw new AssertionError(method);
                });
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost, true",
    "127.0.0.1, 127.0.0.1, true",
    "::1, '[::1]', true",
    "0:0:0:0:0:0:0:1, localhost, true",
    // A page in this machine's browser, whose name was made to lead here.
    "127.0.0.1, evil.example, false",
    "10.0.0.9, localhost, false",
    "203.0.113.9, 203.0.113.1, false"
  })
  void byDefaultItIsThisMachineAlone(String address, String name, boolean known) {
    assertThat(areAsking("", "", address, name, Map.of())).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({"10.1.2.3, true", "10.2.2.3, false", "fd00::7, true", "fd01::7, false"})
  void andWhomTheConfigurationLists(String address, boolean known) {
    assertThat(areAsking("", "10.1.0.0/16, fd00::/16", address, "node-1.example", Map.of()))
        .isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"})
  void whatWasPassedOnByNobodyKnownComesFromAnywhere(String header) {
    for (String address : List.of("127.0.0.1", "10.1.2.3")) {
      assertThat(areAsking("", "10.1.0.0/16", address, "localhost", Map.of(header, "127.0.0.1")))
          .as(address)
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "'10.1.2.3, 203.0.113.9', false",
    "'203.0.113.9, 10.1.2.3', true",
    "203.0.113.9, false",
    "prometheus.example.com, false"
  })
  void ofAKnownProxyItIsWhomItSaw(String seen, boolean known) {
    assertThat(
            areAsking(
                "127.0.0.1",
                "10.1.0.0/16",
                "127.0.0.1",
                "diferido.example",
                Map.of("X-Forwarded-For", seen)))
        .isEqualTo(known);
  }

  @Test
  void aKnownProxyThatAsksForItselfIsOneOfThisMachineOnlyByItsOwnName() {
    assertThat(areAsking("127.0.0.1", "", "127.0.0.1", "localhost", Map.of())).isTrue();
    assertThat(areAsking("127.0.0.1", "", "127.0.0.1", "diferido.example", Map.of())).isFalse();
  }
}
