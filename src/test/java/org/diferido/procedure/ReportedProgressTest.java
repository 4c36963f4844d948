package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedProgressTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "7/50|14|7|50|-|-",
        " 7 / 50 |14|7|50|-|-",
        "7/50 lotes|14|7|50|lotes|-",
        "7/50 lotes: Lote 7 de 50: 1750|14|7|50|lotes|Lote 7 de 50: 1750",
        "7/50: cargando|14|7|50|-|cargando",
        "50/50 lotes|99|50|50|lotes|-",
        "60/50|99|60|50|-|-",
        "3/0|0|3|0|-|-",
        "35%|35|35|100|%|-",
        "35 % cargando|35|35|100|%|cargando",
        "35%: cargando|35|35|100|%|cargando",
        "100%|99|100|100|%|-"
      })
  void numbersMakeAProgress(
      String text, int percent, String done, String total, String unit, String message) {
    Progress progress = ReportedProgress.parse(text).orElseThrow();
    assertThat(progress.source()).isEqualTo(Progress.Source.REPORTED);
    assertThat(progress.percent()).isEqualTo(percent);
    assertThat(progress.done()).isEqualByComparingTo(done);
    assertThat(progress.total()).isEqualByComparingTo(total);
    assertThat(progress.unit()).isEqualTo(unit);
    assertThat(progress.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cargando",
        "PostgreSQL JDBC Driver",
        "10/12/2025",
        "7 de 50",
        "%",
        "-1/50",
        "7/50lotes",
        "1234567890123456789/2"
      })
  void anyOtherTextIsOnlyText(String text) {
    assertThat(ReportedProgress.parse(text)).isEmpty();
    assertThat(Progress.said(text).percent()).isZero();
    assertThat(Progress.said(text).message()).isEqualTo(text);
  }

  @Test
  void whatIsSaidWithNumbersHasThem() {
    assertThat(Progress.said("1/4 pasos")).isEqualTo(ReportedProgress.parse("1/4 pasos").get());
  }
}
