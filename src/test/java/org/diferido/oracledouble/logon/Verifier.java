package org.diferido.oracledouble.logon;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's half of the 12c password exchange: PBKDF2 with SHA-512, AES-256. */
final class Verifier {

  static final int TYPE = 0x4815;
  static final int HASH_ROUNDS = 4096;
  static final int KEY_ROUNDS = 3;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int BLOCK = 16;
  private static final int KEY = 32;

  private final SecureRandom random = new SecureRandom();
  private final byte[] hashSalt = random(BLOCK);
  private final byte[] keySalt = random(BLOCK);
  private final byte[] serverKey = random(KEY);
  private final byte[] hash;
  private byte[] sessionKey = new byte[KEY];

  Verifier(String password) throws GeneralSecurityException {
    byte[] salt = join(hashSalt, "AUTH_PBKDF2_SPEEDY_KEY".getBytes(StandardCharsets.US_ASCII));
    byte[] stretched = pbkdf2(password.getBytes(StandardCharsets.UTF_8), salt, HASH_ROUNDS);
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    digest.update(stretched);
    hash = Arrays.copyOf(digest.digest(hashSalt), KEY);
  }

  String encryptedServerKey() throws GeneralSecurityException {
    return HEX.formatHex(aes(Cipher.ENCRYPT_MODE, hash, serverKey));
  }

  String hashSalt() {
    return HEX.formatHex(hashSalt);
  }

  String keySalt() {
    return HEX.formatHex(keySalt);
  }

  /** The password that the client typed; null when its key was made from another one. */
  String password(String encryptedClientKey, String encryptedPassword)
      throws GeneralSecurityException {
    byte[] clientKey = aes(Cipher.DECRYPT_MODE, hash, HEX.parseHex(encryptedClientKey));
    String both = HEX.formatHex(join(Arrays.copyOf(clientKey, KEY), serverKey));
    byte[] derived = pbkdf2(both.getBytes(StandardCharsets.US_ASCII), keySalt, KEY_ROUNDS);
    sessionKey = Arrays.copyOf(derived, KEY);
    byte[] padded = aes(Cipher.DECRYPT_MODE, sessionKey, HEX.parseHex(encryptedPassword));
    int padding = padded[padded.length - 1];
    int length = padded.length - padding - BLOCK;
    if (padding < 1 || padding > BLOCK || length < 0) {
      return null;
    }
    return new String(padded, BLOCK, length, StandardCharsets.UTF_8);
  }

  /** What proves to the client that the server knows the password, too. */
  String response() throws GeneralSecurityException {
    byte[] clear = join(random(BLOCK), "SERVER_TO_CLIENT".getBytes(StandardCharsets.US_ASCII));
    byte[] padding = new byte[BLOCK];
    Arrays.fill(padding, (byte) BLOCK);
    return HEX.formatHex(aes(Cipher.ENCRYPT_MODE, sessionKey, join(clear, padding)));
  }

  private static byte[] aes(int mode, byte[] key, byte[] data) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
    return cipher.doFinal(data);
  }

  /** One block of 64 bytes, which is all that is ever needed. */
  private static byte[] pbkdf2(byte[] password, byte[] salt, int rounds)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA512"));
    mac.update(salt);
    byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
    byte[] sum = last.clone();
    for (int round = 1; round < rounds; round++) {
      last = mac.doFinal(last);
      for (int at = 0; at < sum.length; at++) {
        sum[at] ^= last[at];
      }
    }
    return sum;
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
