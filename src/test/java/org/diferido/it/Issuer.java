package org.diferido.it;

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
import java.util.List;
import java.util.Map;

/** An issuer of tokens as a company has one, reduced to its key: JWT (RFC 7519), RS256. */
public final class Issuer {

  private static final String NAME = "https://issuer.example.com";
  private static final String AUDIENCE = "diferido";

  private final KeyPair keys;

  public Issuer() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  /** What the service has to be told to accept its tokens. */
  public Map<String, String> environment() {
    String key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    return Map.of(
        "MP_JWT_VERIFY_ISSUER", NAME,
        "MP_JWT_VERIFY_AUDIENCES", AUDIENCE,
        "MP_JWT_VERIFY_PUBLICKEY",
            "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----");
  }

  public String token(String person, String... groups) throws GeneralSecurityException {
    return token(person, Duration.ofHours(1), groups);
  }

  /** One that lets in for so long. */
  String token(String person, Duration life, String... groups) throws GeneralSecurityException {
    Instant now = Instant.now();
    String content =
        encoded(Json.createObjectBuilder().add("alg", "RS256").add("typ", "JWT").build())
            + "."
            + encoded(
                Json.createObjectBuilder()
                    .add("iss", NAME)
                    .add("aud", AUDIENCE)
                    .add("sub", person)
                    .add("upn", person)
                    .add("groups", Json.createArrayBuilder(List.of(groups)))
                    .add("jti", person + now)
                    .add("iat", now.getEpochSecond())
                    .add("exp", now.plus(life).getEpochSecond())
                    .build());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64(signature.sign());
  }

  private static String encoded(JsonObject json) {
    return base64(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
