package org.diferido.oracledouble.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatetimeCodecTest {

  @Test
  void aDateIsSevenBytesEachWithItsOwnZero() {
    byte[] bytes = DatetimeCodec.encodeDate(LocalDateTime.of(2026, 2, 3, 4, 5, 6));
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("787e0203050607");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00",
        "1970-01-01T00:00:00",
        "2026-02-28T23:59:59.999999999",
        "2024-02-29T12:00:00.000000001",
        "9999-12-31T23:59:59.123456789"
      })
  void aTimestampComesBackToTheNanosecond(String text) {
    LocalDateTime time = LocalDateTime.parse(text);
    assertThat(DatetimeCodec.decode(DatetimeCodec.encodeTimestamp(time))).isEqualTo(time);
    assertThat(DatetimeCodec.decode(DatetimeCodec.encodeDate(time))).isEqualTo(time.withNano(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-03T04:05:06.500000001+05:30",
        "2026-02-03T04:05:06-03:30",
        "2026-12-31T23:59:59.1-11:00",
        "2026-02-03T04:05:06Z",
        "0001-01-02T00:00:00+14:00",
        "9999-12-31T00:00:00-12:00"
      })
  void aZonedTimestampKeepsItsOffset(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    assertThat(DatetimeCodec.decodeZoned(DatetimeCodec.encodeZoned(time)))
        .isEqualTo(time)
        .hasToString(time.toString());
  }
}
