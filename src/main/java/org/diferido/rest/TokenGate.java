package org.diferido.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the tokens that servers take and should not, as any other token that is refused, whatever
 * they are asked with: before its {@code nbf} (RFC 7519, section 4.1.5), at which Payara 6 does not
 * look, and with characters that base64url has not (RFC 7515, section 5.2), over which it reads in
 * a signature.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class TokenGate implements ContainerRequestFilter {

  /** By how much clocks may differ, as it is by default for the expiry on WildFly. */
  static final Duration SKEW = Duration.ofMinutes(1);

  /** RFC 7515, section 7.1. */
  private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");

  @Inject
  @SuppressWarnings("NullAway.Init") // set by the container
  private Clock clock;

  @Override
  public void filter(ContainerRequestContext context) {
    check(context.getSecurityContext().getUserPrincipal(), clock.instant());
  }

  /**
   * The same, for what is not asked of JAX-RS.
   *
   * @param principal as the server has it; who has none has no token to be refused
   * @throws org.diferido.failure.FailureException UNAUTHENTICATED
   */
  public static void check(@Nullable Principal principal, Instant now) {
    if (principal instanceof JsonWebToken token
        && (!isWhole(token.getRawToken()) || isBefore(token.getClaim(Claims.nbf.name()), now))) {
      throw Failure.of(FailureCode.UNAUTHENTICATED).toException();
    }
  }

  /** Whether nothing but the token is in it. */
  static boolean isWhole(@Nullable String token) {
    return token != null && COMPACT.matcher(token).matches();
  }

  /**
   * @param begin seconds since 1970, as one of the types that servers give; of any other type it is
   *     no time, and so none that has come
   */
  static boolean isBefore(@Nullable Object begin, Instant now) {
    if (begin == null) {
      return false;
    }
    if (begin instanceof JsonNumber json) {
      return isLater(json.bigDecimalValue(), now);
    }
    return !(begin instanceof Number) || isLater(new BigDecimal(begin.toString()), now);
  }

  /** As numbers: not every number of seconds is a time. */
  private static boolean isLater(BigDecimal seconds, Instant now) {
    return seconds.compareTo(BigDecimal.valueOf(now.plus(SKEW).getEpochSecond())) > 0;
  }
}
