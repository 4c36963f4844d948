package org.diferido.oracledouble.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatCodecTest {

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        -Double.MAX_VALUE
      })
  void theCornersComeBack(double value) {
    assertThat(FloatCodec.decodeDouble(FloatCodec.encode(value))).isEqualTo(Double.valueOf(value));
    assertThat(FloatCodec.decodeFloat(FloatCodec.encode((float) value)))
        .isEqualTo(Float.valueOf((float) value));
  }

  @Property
  void everyDoubleComesBack(@ForAll double value) {
    assertThat(FloatCodec.decodeDouble(FloatCodec.encode(value))).isEqualTo(Double.valueOf(value));
  }

  @Property
  void everyFloatComesBack(@ForAll float value) {
    assertThat(FloatCodec.decodeFloat(FloatCodec.encode(value))).isEqualTo(Float.valueOf(value));
  }

  @Property
  void theBytesSortLikeTheNumbers(@ForAll double one, @ForAll double other) {
    int order = Arrays.compareUnsigned(FloatCodec.encode(one), FloatCodec.encode(other));
    assertThat(Integer.signum(order)).isEqualTo(Double.compare(one, other));
  }
}
