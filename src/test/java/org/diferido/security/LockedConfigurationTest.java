package org.diferido.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.diferido.SystemProperty;
import org.junit.jupiter.api.Test;

class LockedConfigurationTest {

  private static final String ISSUER = "mp.jwt.verify.issuer";
  private static final String KEY = "mp.jwt.verify.publickey";
  private static final String LOCATION = "mp.jwt.verify.publickey.location";

  @Test
  void namesAnIssuerThatDoesNotExist() {
    assertThat(new LockedConfiguration().getValue(ISSUER)).isEqualTo("urn:diferido:not-configured");
  }

  @Test
  void givesARealKeyAsPem() throws Exception {
    String pem = new LockedConfiguration().getValue(KEY);

    assertThat(pem.lines().map(String::length)).allMatch(length -> length <= 64);
    RSAPublicKey key = key(pem);
    assertThat(key.getModulus().bitLength()).isEqualTo(2048);
  }

  @Test
  void theKeyIsTheSameForEverySourceOfThisProcess() {
    assertThat(new LockedConfiguration().getValue(KEY))
        .isEqualTo(new LockedConfiguration().getValue(KEY));
  }

  @Test
  void anyOtherSourceGoesBeforeIt() {
    assertThat(new LockedConfiguration().getOrdinal()).isLessThan(50);
  }

  @Test
  void withTheLocationOfAKeyItGivesNoKeyThatWouldContradictIt() {
    try (SystemProperty set = SystemProperty.set(LOCATION, "https://issuer.example/jwks")) {
      LockedConfiguration source = new LockedConfiguration();

      assertThat(source.getValue(KEY)).isNull();
      assertThat(source.getPropertyNames()).containsExactly(ISSUER);
      assertThat(source.getProperties()).containsOnlyKeys(ISSUER);
    }
  }

  @Test
  void hasNothingElse() {
    LockedConfiguration source = new LockedConfiguration();

    assertThat(source.getPropertyNames()).containsExactlyInAnyOrder(ISSUER, KEY);
    assertThat(source.getValue("diferido.access")).isNull();
    assertThat(source.getValue(LOCATION)).isNull();
  }

  private static RSAPublicKey key(String pem) throws Exception {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replace("\n", "");
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }
}
