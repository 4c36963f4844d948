package org.diferido.oracledouble.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TtcStreamTest {

  /** Gives the bytes in packets of one size. */
  private static TtcInput input(byte[] bytes, int packet) {
    Deque<byte[]> packets = new ArrayDeque<>();
    for (int at = 0; at < bytes.length; at += packet) {
      packets.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + packet)));
    }
    return new TtcInput(packets::poll);
  }

  private static TtcInput input(TtcOutput out) {
    return input(out.toBytes(), 3);
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "1, 0101", "300, 02012c", "-127, 817f", "-300, 82012c"})
  void aNumberHasAsManyBytesAsItNeeds(long number, String bytes) throws IOException {
    TtcOutput out = new TtcOutput().sb(number);
    assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(bytes);
    assertThat(input(out).ub()).isEqualTo(number);
  }

  @Property
  void everyNumberComesBack(@ForAll int number) throws IOException {
    assertThat(input(new TtcOutput().sb(number)).ubInt()).isEqualTo(number);
  }

  @Test
  void aNumberOfMoreThanEightBytesIsNone() {
    assertThatThrownBy(() -> input(new byte[] {9}, 1).ub()).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 252, 253, 254, 255, 32_767, 32_768, 100_000})
  void bytesComeBackHoweverManyTheyAre(int length) throws IOException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    assertThat(input(new TtcOutput().clr(bytes)).clr()).isEqualTo(bytes);
    assertThat(input(new TtcOutput().dalc(bytes)).dalc()).isEqualTo(bytes);
  }

  @Test
  void nullAndNothingAreTheSame() throws IOException {
    assertThat(input(new TtcOutput().clr(new byte[0])).clr()).isNull();
    assertThat(input(new TtcOutput().dalc((String) null)).dalcText()).isEmpty();
    assertThat(input(new byte[] {(byte) 0xFF}, 1).clr()).isNull();
  }

  @Test
  void aPairIsTwoTextsAndANumber() throws IOException {
    TtcInput in = input(new TtcOutput().pair("LLAVE", "ñandú €", 7));
    assertThat(in.dalcText()).isEqualTo("LLAVE");
    assertThat(in.dalcText()).isEqualTo("ñandú €");
    assertThat(in.ub()).isEqualTo(7);
  }

  @Test
  void announcedTextIsBareOrRepeatsItsLength() throws IOException {
    for (boolean repeated : new boolean[] {false, true}) {
      Dialect dialect = new Dialect(12, repeated, false);
      TtcOutput out = new TtcOutput();
      dialect.text(out, "año 😀");
      int length = "año 😀".getBytes(StandardCharsets.UTF_8).length;
      assertThat(dialect.text(input(out), length)).isEqualTo("año 😀");
    }
  }

  @Property
  void packetsMayBeCutAnywhere(@ForAll @IntRange(min = 1, max = 20) int size) throws IOException {
    byte[] bytes = new TtcOutput().u16(0x1234).u32(7).u16LittleEndian(873).clr("texto").toBytes();
    TtcInput in = input(bytes, size);
    assertThat(in.u16()).isEqualTo(0x1234);
    in.skipBytes(4);
    assertThat(in.u16LittleEndian()).isEqualTo(873);
    assertThat(in.clr()).asString(StandardCharsets.UTF_8).isEqualTo("texto");
    assertThat(in.atPacketEnd()).isTrue();
    assertThatThrownBy(in::u8).isInstanceOf(EOFException.class);
  }
}
