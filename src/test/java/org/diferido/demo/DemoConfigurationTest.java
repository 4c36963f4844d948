package org.diferido.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.diferido.SystemProperty;
import org.diferido.TestConfig;
import org.diferido.security.LockedConfiguration;
import org.diferido.security.ServiceLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoConfigurationTest {

  private static final String DEMO = "diferido.demo";

  @Test
  void setsNothingByDefault() {
    try (SystemProperty off = SystemProperty.set(DEMO, null)) {
      DemoConfiguration source = new DemoConfiguration();

      assertThat(source.getProperties()).isEmpty();
      assertThat(source.getPropertyNames()).isEmpty();
      assertThat(source.getValue("mp.jwt.verify.publickey")).isNull();
      assertThat(source.getValue("diferido.access")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "yes", "1", "on", "tru", ""})
  void setsNothingUnlessToldExactlyTrue(String value) {
    try (SystemProperty set = SystemProperty.set(DEMO, value)) {
      assertThat(DemoMode.isOn()).isFalse();
      assertThat(new DemoConfiguration().getProperties()).isEmpty();
    }
  }

  @Test
  void leavesTheServiceLockedWhenOff() {
    try (SystemProperty off = SystemProperty.set(DEMO, null)) {
      assertThat(
              ServiceLock.missing(
                  TestConfig.from(new DemoConfiguration(), new LockedConfiguration())))
          .isPresent();
    }
  }

  @Test
  void opensTheServiceToItsOwnTokensWhenOn() {
    try (SystemProperty on = SystemProperty.set(DEMO, "true")) {
      DemoConfiguration source = new DemoConfiguration();

      assertThat(DemoMode.issuesTokens()).isTrue();
      assertThat(source.getValue("mp.jwt.verify.publickey")).isEqualTo(DemoIssuer.publicKey());
      assertThat(source.getValue("mp.jwt.verify.issuer")).isEqualTo("urn:diferido:demo");
      assertThat(source.getValue("mp.jwt.verify.audiences")).isEqualTo("diferido");
      assertThat(ServiceLock.missing(TestConfig.from(source, new LockedConfiguration()))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp.jwt.verify.publickey.location", "mp.jwt.verify.publickey"})
  void leavesTheTokensToARealIssuerWhereThereIsOne(String property) {
    try (SystemProperty on = SystemProperty.set(DEMO, "true");
        SystemProperty real = SystemProperty.set(property, "/keys/of/the/real/issuer")) {
      assertThat(DemoMode.isOn()).isTrue();
      assertThat(DemoMode.issuesTokens()).isFalse();
      assertThat(new DemoConfiguration().getPropertyNames())
          .containsExactlyInAnyOrder(
              "diferido.datasource.procedures", "diferido.datasource.registry", "diferido.access");
    }
  }

  @Test
  void goesBeforeTheLockAndAfterFilesAndEnvironment() {
    assertThat(new DemoConfiguration().getOrdinal())
        .isGreaterThan(new LockedConfiguration().getOrdinal())
        .isLessThan(100);
  }
}
