package org.diferido.sso;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes other tokens of a good one (JWT, RFC 7519), as somebody who wants to be let in would, and
 * as the issuer itself would that has its key.
 */
final class TokenForge {

  private final String header;
  private final JsonObject claims;
  private final String kid;
  private final KeyPair issuers;

  /**
   * @param good a token that is let in
   * @param issuers the issuer's key, by which it was signed
   */
  TokenForge(String good, String kid, KeyPair issuers) {
    String[] parts = good.split("\\.");
    this.header = text(parts[0]);
    this.claims = object(text(parts[1]));
    this.kid = kid;
    this.issuers = issuers;
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }

  private static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  /** The same token, signed anew by the issuer's key: nothing is wrong with it. */
  String again() throws GeneralSecurityException {
    return signed(claims);
  }

  /**
   * Each by what is wrong with it.
   *
   * @param strangersKeys the address of a set of keys (RFC 7517) that has the stranger's, as {@link
   *     #keys} makes it
   */
  Map<String, String> forgeries(String good, KeyPair stranger, String strangersKeys)
      throws Exception {
    Map<String, String> forged = new LinkedHashMap<>();
    long now = Instant.now().getEpochSecond();
    forged.put(
        "expired long ago", signed(with(b -> b.add("exp", now - 3600).add("iat", now - 7200))));
    forged.put("without an expiry", signed(without("exp")));
    forged.put("of another issuer", signed(with(b -> b.add("iss", "https://otro.example.com"))));
    forged.put("without an issuer", signed(without("iss")));
    forged.put("for another service", signed(with(b -> b.add("aud", "otro-servicio"))));
    forged.put("for nobody", signed(without("aud")));
    forged.put("not valid yet", signed(with(b -> b.add("nbf", now + 3600))));
    forged.put("without anybody's name", signed(without("upn", "preferred_username", "sub")));
    forged.put(
        "of a key that nobody knows",
        signed(header("RS256", "nadie"), claims, stranger, "SHA256withRSA"));
    forged.put(
        "of another key under the issuer's name",
        signed(header("RS256", kid), claims, stranger, "SHA256withRSA"));
    forged.put("signed with RS512", signed(header("RS512", kid), claims, issuers, "SHA512withRSA"));
    forged.put("unsigned", content(header("none", kid), claims) + ".");
    forged.put("unsigned, in capitals", content(header("NONE", kid), claims) + ".");
    forged.put(
        "unsigned, with a signature",
        content(header("none", kid), claims) + "." + good.split("\\.")[2]);
    forged.put("signed with the public key as a secret", mac(kid, pem()));
    forged.put(
        "signed with the public key's bytes as a secret",
        mac(kid, issuers.getPublic().getEncoded()));
    forged.put(
        "with other claims under the old signature",
        content(
                object(header),
                with(b -> b.add("groups", Json.createArrayBuilder().add("job-operator"))))
            + "."
            + good.split("\\.")[2]);
    forged.put("with its signature cut off", good.substring(0, good.lastIndexOf('.') + 1));
    forged.put("with half a signature", good.substring(0, good.length() - 100));
    forged.put(
        "without a key's id and of a stranger",
        signed(object("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"), claims, stranger, "SHA256withRSA"));
    forged.put(
        "with a key of its own",
        signed(
            Json.createObjectBuilder(header("RS256", "propia"))
                .add("jwk", jwk((RSAPublicKey) stranger.getPublic()))
                .build(),
            claims,
            stranger,
            "SHA256withRSA"));
    forged.put(
        "with an address of keys of its own",
        signed(
            Json.createObjectBuilder(header("RS256", "propia")).add("jku", strangersKeys).build(),
            claims,
            stranger,
            "SHA256withRSA"));
    forged.put(
        "with a kid that is a file without content", mac("../../../../dev/null", new byte[1]));
    forged.put(
        "with a critical header that nobody knows",
        signed(
            Json.createObjectBuilder(header("RS256", kid))
                .add("crit", Json.createArrayBuilder().add("x"))
                .add("x", 1)
                .build(),
            claims,
            issuers,
            "SHA256withRSA"));
    forged.put(
        "with a mark in its signature",
        new StringBuilder(good).insert(good.length() - 9, '!').toString());
    forged.put("with padding", good + "==");
    forged.put("of two parts", good.substring(0, good.lastIndexOf('.')));
    forged.put("of five parts", good + ".AAAA.AAAA");
    forged.put("of no JSON", "bm8.bm8.bm8");
    forged.put(
        "of an array", base64("[]".getBytes(UTF_8)) + "." + base64("[]".getBytes(UTF_8)) + ".AAAA");
    return forged;
  }

  /** A set of keys with a stranger's. */
  static String keys(KeyPair stranger) {
    return Json.createObjectBuilder()
        .add("keys", Json.createArrayBuilder().add(jwk((RSAPublicKey) stranger.getPublic())))
        .build()
        .toString();
  }

  /** RFC 7517, and RFC 7518, section 6.3.1. */
  private static JsonObject jwk(RSAPublicKey key) {
    return Json.createObjectBuilder()
        .add("kty", "RSA")
        .add("kid", "propia")
        .add("use", "sig")
        .add("alg", "RS256")
        .add("n", base64(unsigned(key.getModulus())))
        .add("e", base64(unsigned(key.getPublicExponent())))
        .build();
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static JsonObject header(String algorithm, String kid) {
    return Json.createObjectBuilder()
        .add("alg", algorithm)
        .add("typ", "JWT")
        .add("kid", kid)
        .build();
  }

  private JsonObject with(UnaryOperator<JsonObjectBuilder> change) {
    return change.apply(Json.createObjectBuilder(claims)).build();
  }

  private JsonObject without(String... names) {
    JsonObjectBuilder rest = Json.createObjectBuilder(claims);
    for (String name : names) {
      rest.remove(name);
    }
    return rest.build();
  }

  private String signed(JsonObject changed) throws GeneralSecurityException {
    return signed(header("RS256", kid), changed, issuers, "SHA256withRSA");
  }

  private static String signed(JsonObject header, JsonObject claims, KeyPair keys, String algorithm)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(keys.getPrivate());
    String content = content(header, claims);
    signature.update(content.getBytes(UTF_8));
    return content + "." + base64(signature.sign());
  }

  /** As if what everybody knows were the secret of HS256. */
  private String mac(String kid, byte[] secret) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String content = content(header("HS256", kid), claims);
    return content + "." + base64(mac.doFinal(content.getBytes(UTF_8)));
  }

  private byte[] pem() {
    return ("-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(issuers.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n")
        .getBytes(UTF_8);
  }

  private static String content(JsonObject header, JsonObject claims) {
    return base64(header.toString().getBytes(UTF_8))
        + "."
        + base64(claims.toString().getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
