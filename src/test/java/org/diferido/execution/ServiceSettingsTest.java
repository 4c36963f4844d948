package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.diferido.TestConfig;
import org.diferido.job.JobTerms;
import org.diferido.procedure.AccessPolicy;
import org.diferido.procedure.QualifiedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {

  private static final QualifiedName PROCEDURE = name();

  @Test
  void withNothingConfiguredTheDefaultsHold() {
    ServiceSettings settings = ServiceSettings.from(TestConfig.of());

    assertThat(settings.workers()).isEqualTo(10);
    assertThat(settings.queueCapacity()).isEqualTo(10_000);
    assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.resultBytes()).isEqualTo(1L << 30);
  }

  @Test
  void aCallerHasAllWorkersButAFifthUnlessToldOtherwise() {
    assertThat(ServiceSettings.from(TestConfig.of()).limits().workers()).isEqualTo(8);
    assertThat(workersPerCaller("diferido.workers", "3")).isEqualTo(2);
    assertThat(workersPerCaller("diferido.workers", "1")).isEqualTo(1);
    assertThat(workersPerCaller("diferido.workers.per-caller", "10")).isEqualTo(10);
  }

  private static int workersPerCaller(String property, String value) {
    return ServiceSettings.from(TestConfig.of(property, value)).limits().workers();
  }

  @Test
  void rulesForProceduresBecomeTheTermsOfTheirJobs() {
    ServiceSettings settings =
        ServiceSettings.from(
            TestConfig.of(
                "diferido.priority", "PKG_ETL.*=2;*=7",
                "diferido.timeout", "PKG_ETL.*=PT1H",
                "diferido.timeout.max", "*=PT30M",
                "diferido.limit.procedures", "pkg_etl.*=3",
                "diferido.idempotent", "ETL.PKG_ETL.PROCESO_LARGO=4"));
    JobTerms terms = settings.rules().terms(SteppedNode.call("x"), PROCEDURE);
    assertThat(terms.priority()).isEqualTo(2);
    assertThat(terms.timeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(terms.limitGroup()).isEqualTo("PKG_ETL.*");
    assertThat(terms.attempts()).isEqualTo(4);
    assertThat(terms.procedure()).isEqualTo("ETL.PKG_ETL.PROCESO_LARGO");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"p_password", "vClave", "API_TOKEN", "secreto_secret", "CONTRASENA", "pwd"})
  void withNothingConfiguredTheUsualNamesAreSecret(String name) {
    assertThat(ServiceSettings.from(TestConfig.of()).secrets().match(name)).isTrue();
  }

  @Test
  void whatIsConfiguredHolds() {
    ServiceSettings settings =
        ServiceSettings.from(
            TestConfig.of(
                "diferido.workers", " 100 ",
                "diferido.queue.capacity", "1",
                "diferido.poll", " PT0.1S ",
                "diferido.node.heartbeat", "PT1M",
                "diferido.result.max-bytes", "1099511627776",
                "diferido.secrets", "iban"));

    assertThat(settings.workers()).isEqualTo(100);
    assertThat(settings.queueCapacity()).isEqualTo(1);
    assertThat(settings.poll()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.heartbeat()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.resultBytes()).isEqualTo(1L << 40);
    assertThat(settings.secrets().match("IBAN")).isTrue();
    assertThat(settings.secrets().match("p_clave")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "diferido.console.client-id, a b",
    "diferido.console.scope, profile",
    "diferido.workers, 0",
    "diferido.workers, 101",
    "diferido.workers, -1",
    "diferido.workers, ten",
    "diferido.workers, 1.5",
    "diferido.workers, 99999999999",
    "diferido.workers, ' '",
    "diferido.queue.capacity, 0",
    "diferido.queue.capacity, 10000001",
    "diferido.queue.capacity, many",
    "diferido.poll, 2",
    "diferido.poll, 2s",
    "diferido.poll, PT0S",
    "diferido.poll, PT0.099S",
    "diferido.poll, PT-5S",
    "diferido.poll, PT9999999999999999999S",
    "diferido.poll, PT9223372036854775807S",
    "diferido.node.heartbeat, often",
    "diferido.node.heartbeat, PT0.05S",
    "diferido.access, PKG_ETL.*",
    "diferido.access, etl=",
    "diferido.access, =PKG_ETL.*",
    "diferido.access, etl=PKG;DROP",
    "diferido.access, 'etl=A,,B'",
    "diferido.queue.per-caller, 0",
    "diferido.queue.per-caller, 10001",
    "diferido.idempotent, P=1",
    "diferido.workers.per-caller, 0",
    "diferido.workers.per-caller, 11",
    "diferido.limit.caller, 0",
    "diferido.limit.submits, 0",
    "diferido.limit.procedures, P",
    "diferido.limit.procedures, P=0",
    "diferido.priority, P=0",
    "diferido.priority, P=10",
    "diferido.timeout, P=60",
    "diferido.timeout, P=PT0.5S",
    "diferido.timeout.max, P=P400D",
    "diferido.idempotent, P",
    "diferido.idempotent, P=0",
    "diferido.cancel.poll, 1",
    "diferido.cancel.escalation, soon",
    "diferido.stop.grace, -1",
    "diferido.retry.backoff, PT0S",
    "diferido.result.max-bytes, 0",
    "diferido.result.max-bytes, 1099511627777",
    "diferido.result.max-bytes, 1 GiB",
  })
  void aBadValueStopsTheStartAndIsNamed(String property, String value) {
    assertThatThrownBy(() -> ServiceSettings.from(TestConfig.of(property, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(property);
  }

  @Test
  void theMessageTellsWhatIsTakenAndWhatWasGiven() {
    assertThatThrownBy(() -> ServiceSettings.from(TestConfig.of("diferido.workers", "101")))
        .hasMessage("diferido.workers: a whole number from 1 to 100 is expected, not '101'");
  }

  private static QualifiedName name() {
    return new QualifiedName("ETL", "PKG_ETL", "PROCESO_LARGO", true);
  }

  @Test
  void withNothingConfiguredNobodyMayCallAnything() {
    String nothing = ServiceSettings.accessText(TestConfig.of());
    assertThat(AccessPolicy.parse(nothing).grants(Set.of("procedure-caller", "*", ""), PROCEDURE))
        .isFalse();
  }

  @Test
  void grantsAreInThePropertyAndInAFileWithALineForEach(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("access");
    Files.writeString(file, "# los cierres\n\netl=PKG_ETL.*\n  nomina = RRHH.* , PROC_TEST\n");
    AccessPolicy policy =
        AccessPolicy.parse(
            ServiceSettings.accessText(
                TestConfig.of("diferido.access", "a=*", "diferido.access.file", "" + file)));
    for (String group : List.of("a", "etl")) {
      assertThat(policy.grants(Set.of(group), PROCEDURE)).as(group).isTrue();
    }
    assertThat(policy.grants(Set.of("nomina"), PROCEDURE)).isFalse();
    Files.writeString(file, "etl PKG_ETL.*");
    assertThatThrownBy(() -> ServiceSettings.from(TestConfig.of("diferido.access.file", "" + file)))
        .hasMessageStartingWith("diferido.access.file: ");
    Files.delete(file);
    assertThatThrownBy(() -> ServiceSettings.from(TestConfig.of("diferido.access.file", "" + file)))
        .hasMessageStartingWith("diferido.access.file cannot be read: ");
  }
}
