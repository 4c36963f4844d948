package org.diferido.rest;

import jakarta.json.JsonObject;
import jakarta.json.JsonWriter;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A body whose ETag (RFC 9110, section 8.8.3) is a digest of it: the same on every node, and
 * another one with every difference, that of the language included. It is written twice rather than
 * kept: a result may be long.
 */
public record TaggedBody(JsonObject json, String tag) {

  /**
   * Of {@code Cache-Control} (RFC 9111, section 5.2.2): whoever keeps it asks each time whether it
   * is still the same, and keeps it for one person. As text, since servers write it in other
   * orders.
   */
  static final String ASKED_FOR_EACH_TIME = "private, no-cache";

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int TAG_BYTES = 16;

  /** A body with its tag. */
  public static TaggedBody of(JsonObject json) {
    MessageDigest sha256 = sha256();
    try (JsonWriter writer =
        JSON.createWriter(new DigestOutputStream(OutputStream.nullOutputStream(), sha256))) {
      writer.write(json);
    }
    byte[] digest = Arrays.copyOf(sha256.digest(), TAG_BYTES);
    return new TaggedBody(json, HexFormat.of().formatHex(digest));
  }

  /**
   * 200 with the body, or 304 without it to whom its tag says that they have it.
   *
   * @param ifNoneMatch the header, or null; by hand, since servers differ in what they make of one
   *     that is malformed, and an own tag has no comma
   */
  public Response.ResponseBuilder answer(@Nullable String ifNoneMatch) {
    return (isAmong(ifNoneMatch) ? Response.notModified() : Response.ok(json))
        .tag(new EntityTag(tag))
        .header(HttpHeaders.CACHE_CONTROL, ASKED_FOR_EACH_TIME);
  }

  /** Its bytes. */
  int length() {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  boolean isAmong(@Nullable String ifNoneMatch) {
    return isAmong(tag, ifNoneMatch);
  }

  /** Whether a tag is one of those of the header, or whatever there is would do. */
  public static boolean isAmong(String tag, @Nullable String ifNoneMatch) {
    if (ifNoneMatch == null) {
      return false;
    }
    return Arrays.stream(ifNoneMatch.split(","))
        .map(String::strip)
        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
        .anyMatch(each -> each.equals("*") || each.equals('"' + tag + '"'));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
