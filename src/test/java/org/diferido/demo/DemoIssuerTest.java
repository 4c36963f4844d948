package org.diferido.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoIssuerTest {

  private static final Instant NOW = Instant.parse("2025-12-10T14:30:00.999Z");
  private static final DemoPerson ANA = DemoPerson.ALL.get(0);

  static List<DemoPerson> everybody() {
    return DemoPerson.ALL;
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void aTokenSaysWhoItIsForAndIsSignedWithTheKeyThatIsPublished(DemoPerson person)
      throws Exception {
    String token = DemoIssuer.tokenFor(person, NOW);

    assertThat(isSigned(token)).isTrue();
    JsonObject claims = part(token, 1);
    assertThat(claims.getString("upn")).isEqualTo(person.name());
    assertThat(claims.getString("sub")).isEqualTo(person.name());
    assertThat(
            claims.getJsonArray("groups").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString))
        .containsExactlyInAnyOrderElementsOf(person.groups());
  }

  @Test
  void theHeaderNamesTheAlgorithm() {
    JsonObject header = part(DemoIssuer.tokenFor(ANA, NOW), 0);

    assertThat(header.getString("alg")).isEqualTo("RS256");
    assertThat(header.getString("typ")).isEqualTo("JWT");
  }

  @Test
  void aTokenIsForThisServiceAloneAndEndsAfterTwelveHours() {
    JsonObject claims = part(DemoIssuer.tokenFor(ANA, NOW), 1);

    assertThat(claims.getString("iss")).isEqualTo("urn:diferido:demo");
    assertThat(claims.getString("aud")).isEqualTo("diferido");
    long issued = claims.getJsonNumber("iat").longValueExact();
    assertThat(issued).isEqualTo(NOW.getEpochSecond());
    assertThat(claims.getJsonNumber("exp").longValueExact()).isEqualTo(issued + 12 * 3600);
  }

  @Test
  void everyTokenHasAnIdOfItsOwn() {
    assertThat(part(DemoIssuer.tokenFor(ANA, NOW), 1).getString("jti"))
        .isNotEqualTo(part(DemoIssuer.tokenFor(ANA, NOW), 1).getString("jti"));
  }

  @Test
  void aTokenWhoseClaimsWereChangedIsNotSigned() throws Exception {
    String[] ana = DemoIssuer.tokenFor(ANA, NOW).split("\\.");
    String[] bruno = DemoIssuer.tokenFor(DemoPerson.ALL.get(2), NOW).split("\\.");

    assertThat(isSigned(ana[0] + "." + bruno[1] + "." + ana[2])).isFalse();
  }

  @Test
  void theKeyStaysTheSameWhileTheServiceRuns() {
    assertThat(DemoIssuer.publicKey()).isEqualTo(DemoIssuer.publicKey());
  }

  private static boolean isSigned(String token) throws Exception {
    int end = token.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(publicKey());
    signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
  }

  private static PublicKey publicKey() throws Exception {
    String base64 = DemoIssuer.publicKey().replaceAll("-----[A-Z ]+-----", "").replace("\n", "");
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static JsonObject part(String token, int at) {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[at]);
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reader.readObject();
    }
  }
}
