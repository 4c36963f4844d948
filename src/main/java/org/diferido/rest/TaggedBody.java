package org.diferido.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A body whose ETag (RFC 9110, section 8.8.3) is a digest of its bytes: the same on every node, and
 * another one with every difference, that of the language included.
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are sent, and never compared
record TaggedBody(byte[] bytes, EntityTag tag) {

  private static final int TAG_BYTES = 16;

  static TaggedBody of(JsonObject json) {
    byte[] bytes = json.toString().getBytes(UTF_8);
    byte[] digest = Arrays.copyOf(sha256().digest(bytes), TAG_BYTES);
    return new TaggedBody(bytes, new EntityTag(HexFormat.of().formatHex(digest)));
  }

  /** 200 with the body, or 304 without it to whom its tag says that they have it. */
  Response.ResponseBuilder answer(Request request) {
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    CacheControl asked = new CacheControl();
    asked.setPrivate(true);
    asked.setNoCache(true);
    return (unchanged == null ? Response.ok(bytes) : unchanged).tag(tag).cacheControl(asked);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
