package org.diferido.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.security.Caller;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads who calls out of the token that the server has checked. */
final class Callers {

  private Callers() {}

  /**
   * @throws org.diferido.failure.FailureException UNAUTHENTICATED without a token
   */
  static Caller of(SecurityContext security) {
    Principal principal = security.getUserPrincipal();
    if (!(principal instanceof JsonWebToken token) || token.getName() == null) {
      throw Failure.of(FailureCode.UNAUTHENTICATED).toException();
    }
    Set<String> groups = token.getGroups();
    return new Caller(token.getName(), groups == null ? Set.of() : groups);
  }
}
