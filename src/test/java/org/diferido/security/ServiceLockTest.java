package org.diferido.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.diferido.TestConfig;
import org.junit.jupiter.api.Test;

class ServiceLockTest {

  private static final String ISSUER = "mp.jwt.verify.issuer";
  private static final String KEY = "mp.jwt.verify.publickey";
  private static final String LOCATION = "mp.jwt.verify.publickey.location";

  @Test
  void withoutIssuerAndKeyTheServiceIsLockedAndSaysWhatIsMissing() {
    assertThat(ServiceLock.missing(TestConfig.of())).contains(ISSUER + ", " + LOCATION);
  }

  @Test
  void theFallbackDoesNotOpenIt() {
    assertThat(ServiceLock.missing(TestConfig.from(new LockedConfiguration())))
        .contains(ISSUER + ", " + LOCATION);
  }

  @Test
  void anIssuerAloneDoesNotOpenIt() {
    assertThat(ServiceLock.missing(TestConfig.of(ISSUER, "https://issuer.example")))
        .contains(LOCATION);
  }

  @Test
  void aKeyAloneDoesNotOpenIt() {
    assertThat(ServiceLock.missing(TestConfig.of(KEY, "pem"))).contains(ISSUER);
    assertThat(ServiceLock.missing(TestConfig.of(LOCATION, "https://issuer.example/jwks")))
        .contains(ISSUER);
  }

  @Test
  void anIssuerAndItsKeyOpenIt() {
    assertThat(ServiceLock.missing(TestConfig.of(ISSUER, "https://issuer.example", KEY, "pem")))
        .isEmpty();
  }

  @Test
  void anIssuerAndTheLocationOfItsKeyOpenIt() {
    assertThat(
            ServiceLock.missing(
                TestConfig.of(ISSUER, "https://issuer.example", LOCATION, "/jwks.json")))
        .isEmpty();
  }

  @Test
  void emptyValuesDoNotOpenIt() {
    assertThat(ServiceLock.missing(TestConfig.of(ISSUER, "", KEY, "", LOCATION, "")))
        .contains(ISSUER + ", " + LOCATION);
  }

  @Test
  void theFallbackKeyDoesNotOpenItUnderARealIssuer() {
    String fallback = new LockedConfiguration().getValue(KEY);

    assertThat(ServiceLock.missing(TestConfig.of(ISSUER, "https://issuer.example", KEY, fallback)))
        .contains(LOCATION);
  }

  @Test
  void anOpenServiceWithoutAnAudienceIsWarnedOf() {
    assertThat(ServiceLock.warning(TestConfig.of())).isEmpty();
    assertThat(ServiceLock.warning(TestConfig.of(ISSUER, "https://issuer.example", KEY, "pem")))
        .hasValueSatisfying(text -> assertThat(text).contains("mp.jwt.verify.audiences"));
    assertThat(
            ServiceLock.warning(
                TestConfig.of(
                    ISSUER, "https://issuer.example", KEY, "pem", "mp.jwt.verify.audiences", "d")))
        .isEmpty();
  }
}
