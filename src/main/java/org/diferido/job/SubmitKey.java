package org.diferido.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By what a submit that is sent again is known. Neither the caller's key nor what was asked for can
 * be read from it: without the key, which is not kept, the request cannot be guessed either.
 *
 * @param id of the caller and the key, 64 hex digits
 * @param request of the key and what was asked for, 64 hex digits
 */
public record SubmitKey(String id, String request) {

  /**
   * The key of a request.
   *
   * @param key as the caller wrote it
   * @param request what was asked for, the same text for the same request
   */
  public static SubmitKey of(String caller, String key, String request) {
    return new SubmitKey(digest(caller, key), digest(key, request));
  }

  /** The length goes first, so that no other pair of texts makes the same bytes. */
  private static String digest(String first, String second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((first.length() + ":" + first).getBytes(StandardCharsets.UTF_8));
      digest.update(second.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
