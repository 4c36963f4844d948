package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcedureLabelsTest {

  private final ProcedureLabels labels = new ProcedureLabels();

  @Test
  void aProcedureIsCalledByItsName() {
    assertThat(labels.of("APP.PKG.P")).isEqualTo("APP.PKG.P");
    assertThat(labels.of("APP.PKG.P")).isEqualTo("APP.PKG.P");
    assertThat(labels.known()).containsExactly("APP.PKG.P");
  }

  @Test
  void oneThatIsNotKnownIsOneOfTheOthers() {
    assertThat(labels.of(null)).isEqualTo("other");
    assertThat(labels.known()).isEmpty();
  }

  @Test
  void thereAreTwoHundredNamesAndThenOneForTheRest() {
    List<String> names = IntStream.range(0, 300).mapToObj(at -> "APP.P" + at).toList();
    assertThat(names.stream().map(labels::of).distinct()).hasSize(201).contains("other");
    assertThat(labels.of("APP.P0")).isEqualTo("APP.P0");
    assertThat(labels.of("APP.P199")).isEqualTo("APP.P199");
    assertThat(labels.of("APP.P200")).isEqualTo("other");
    assertThat(labels.known()).hasSize(200);
  }

  @Test
  void noMoreThanThatHoweverManyComeAtOnce() {
    Set<String> told = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 4000).parallel().forEach(at -> told.add(labels.of("APP.P" + at % 400)));
    assertThat(told).hasSize(201).contains("other");
    assertThat(new TreeSet<>(labels.known())).hasSize(200);
  }
}
