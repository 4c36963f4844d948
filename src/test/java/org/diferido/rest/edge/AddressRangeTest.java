package org.diferido.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.128/25, 10.0.0.255, true",
    "10.0.0.128/25, 10.0.0.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "fd00::/8, fdab::1, true",
    "fd00::/8, fe80::1, false",
    "10.0.0.0/8, unknown, false",
    "10.0.0.0/8, localhost, false",
    "10.0.0.0/8, cafe.de, false",
    "10.0.0.0/8, '', false",
  })
  void anAddressIsInARangeOrNot(String range, String address, boolean in) {
    assertThat(AddressRange.parse(range).contains(address)).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/x",
        "::/129"
      })
  void anythingElseIsNoRange(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
