package org.diferido.database.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.diferido.job.JobId;

/**
 * Seals texts with AES-256-GCM (NIST SP 800-38D), each bound to its job: a sealed text that was
 * moved to another job's row does not open. What is sealed is a fresh random nonce of 12 bytes, the
 * ciphertext and the tag of 16 bytes.
 */
public final class SecretVault {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  private SecretVault(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** With a key made now and kept nowhere: what it sealed cannot be opened after a restart. */
  public static SecretVault withPassingKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new SecretVault(key);
  }

  /**
   * With a configured key, the same on every node and after every restart.
   *
   * @param base64 32 bytes, RFC 4648 section 4
   * @throws IllegalArgumentException when it is anything else; the message does not tell the key
   */
  public static SecretVault withKey(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      // The decoder's own message shows a character of the key.
      throw new IllegalArgumentException("the key for secret parameters is not base64");
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key for secret parameters has " + key.length + " bytes, not " + KEY_BYTES);
    }
    return new SecretVault(key);
  }

  byte[] seal(JobId id, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, id, nonce);
      byte[] plain = text.getBytes(StandardCharsets.UTF_8);
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
      cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + CIPHER, e);
    }
  }

  /** The text; empty when it was sealed with another key or for another job, or was changed. */
  Optional<String> open(JobId id, byte[] sealed) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, id, Arrays.copyOf(sealed, NONCE_BYTES));
      byte[] plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(new String(plain, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, JobId id, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.hex().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
