package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader that other tests rely on. */
class MeterTextTest {

  @Test
  void bothFormatsAreRead() {
    MeterText text =
        MeterText.of(
            "# HELP a_total What\n# TYPE a_total counter\na_total{y=\"b\",x=\"a\"} 1.0\n", false);
    assertThat(text.value("a_total", "x", "a", "y", "b")).isEqualTo(1);
    assertThat(text.types()).containsEntry("a_total", "counter");
    MeterText open = MeterText.of("# TYPE a counter\n# HELP a What\na_total 1.0\n# EOF\n", true);
    assertThat(open.value("a_total")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1",
        "a 1\n",
        "# TYPE a gauge\na 1\na 2\n",
        "# TYPE a gauge\na{x=1} 1\n",
        "# TYPE a gauge\na{x=\"1\"y=\"2\"} 1\n",
        "# TYPE a gauge\na{x=\"1\",x=\"2\"} 1\n",
        "# TYPE a gauge\na one\n",
        "# TYPE a nothing\na 1\n",
        "# TYPE a gauge\n# TYPE a gauge\na 1\n",
        "# TYPE a gauge\na 1\n# EOF\n",
        "<html></html>\n"
      })
  void anythingElseIsNot(String text) {
    assertThatThrownBy(() -> MeterText.of(text, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
