package org.diferido.security;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What stands where no issuer of tokens is configured: an issuer that does not exist and the public
 * half of a key whose private half was thrown away, so that no token is ever accepted. Without it a
 * server would answer a token with an error of its own instead of a refusal.
 *
 * <p>Any other source of configuration goes before this one.
 */
public final class LockedConfiguration implements ConfigSource {

  static final String ISSUER_PROPERTY = "mp.jwt.verify.issuer";
  static final String KEY_PROPERTY = "mp.jwt.verify.publickey";
  static final String LOCATION_PROPERTY = "mp.jwt.verify.publickey.location";

  static final Map<String, String> FALLBACKS =
      Map.of(ISSUER_PROPERTY, "urn:diferido:not-configured", KEY_PROPERTY, pem());

  private static final int ORDINAL = 20;
  private static final int KEY_BITS = 2048;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(FALLBACKS);
    if (isLocationSet()) {
      properties.remove(KEY_PROPERTY);
    }
    return properties;
  }

  @Override
  public Set<String> getPropertyNames() {
    return getProperties().keySet();
  }

  @Override
  public @Nullable String getValue(String property) {
    return FALLBACKS.containsKey(property) ? getProperties().get(property) : null;
  }

  @Override
  public String getName() {
    return "diferido: nobody's tokens";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  /** A key and the location of a key together would contradict each other. */
  private static boolean isLocationSet() {
    return EarlySettings.text(LOCATION_PROPERTY).isPresent();
  }

  private static String pem() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return pem(generator.generateKeyPair().getPublic().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** A public key as the PEM text of RFC 7468. */
  public static String pem(byte[] encoded) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END PUBLIC KEY-----";
  }
}
