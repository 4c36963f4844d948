package org.diferido.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.security.Caller;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads who calls out of the token that the server has checked. */
public final class Callers {

  /**
   * Names that can own jobs: databases take trailing spaces for nothing, so that who has one would
   * be somebody else there.
   */
  private static final Pattern NAME =
      Pattern.compile("[^\\s\\p{Cntrl}](?:[^\\p{Cntrl}]{0,253}[^\\s\\p{Cntrl}])?");

  private Callers() {}

  /**
   * The one whose token a request has.
   *
   * @throws org.diferido.failure.FailureException UNAUTHENTICATED without a token; FORBIDDEN when
   *     its name is longer than 255 characters, has control characters, or begins or ends with a
   *     space
   */
  public static Caller of(SecurityContext security) {
    return of(security.getUserPrincipal());
  }

  /**
   * The same, for what is not asked of JAX-RS.
   *
   * @param principal as the server has it, or null
   */
  public static Caller of(@Nullable Principal principal) {
    if (!(principal instanceof JsonWebToken token) || token.getName() == null) {
      throw Failure.of(FailureCode.UNAUTHENTICATED).toException();
    }
    if (!NAME.matcher(token.getName()).matches()) {
      throw Failure.of(FailureCode.FORBIDDEN).toException();
    }
    Set<String> groups = token.getGroups();
    return new Caller(token.getName(), groups == null ? Set.of() : groups);
  }

  /** Until when a token lets its caller in (RFC 7519, section 4.1.4). */
  public static Instant until(@Nullable Principal principal) {
    return principal instanceof JsonWebToken token
        ? Instant.ofEpochSecond(token.getExpirationTime())
        : Instant.MIN;
  }
}
