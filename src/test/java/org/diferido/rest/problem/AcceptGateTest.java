package org.diferido.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptGateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/json ; charset=utf-8 , text/*",
        "application/problem+json;q=1, ,",
        "application/json;profile=\"a,b;c\";q=0.5, text/*",
        "application/json;profile=\"a\\\"b\"",
        "text/plain;;q=1",
        ""
      })
  void rangesOfMediaTypesAreReadable(String header) {
    assertThat(AcceptGate.isReadable(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "a/b/c",
        "/",
        "text/",
        ";q=1",
        "text/html garbage",
        "a/ñ",
        "a/b;x=\"",
        "a/b;x=y z"
      })
  void anythingElseIsNot(String header) {
    assertThat(AcceptGate.isReadable(header)).isFalse();
  }
}
