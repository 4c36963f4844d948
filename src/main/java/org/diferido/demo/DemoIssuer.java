package org.diferido.demo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.diferido.security.LockedConfiguration;

/**
 * Issues tokens for the demo's people: JWT (RFC 7519) signed with RS256 by a key that is made when
 * the service starts and never leaves it, so a token is worth nothing after a restart or elsewhere.
 */
public final class DemoIssuer {

  static final String ISSUER = "urn:diferido:demo";
  static final String AUDIENCE = "diferido";

  private static final Duration VALIDITY = Duration.ofHours(12);
  private static final int KEY_BITS = 2048;
  private static final KeyPair KEYS = newKeys();

  private DemoIssuer() {}

  static String publicKey() {
    return LockedConfiguration.pem(KEYS.getPublic().getEncoded());
  }

  /** A token for one person, valid for 12 hours from a moment on. */
  public static String tokenFor(DemoPerson person, Instant now) {
    JsonObject header = Json.createObjectBuilder().add("alg", "RS256").add("typ", "JWT").build();
    JsonObject claims =
        Json.createObjectBuilder()
            .add("iss", ISSUER)
            .add("aud", AUDIENCE)
            .add("sub", person.name())
            .add("upn", person.name())
            .add("groups", Json.createArrayBuilder(person.groups()))
            .add("jti", UUID.randomUUID().toString())
            .add("iat", now.getEpochSecond())
            .add("exp", now.plus(VALIDITY).getEpochSecond())
            .build();
    String content = encoded(header) + "." + encoded(claims);
    return content + "." + base64(signed(content));
  }

  private static byte[] signed(String content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(KEYS.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA256withRSA", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  private static String encoded(JsonObject json) {
    return base64(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
