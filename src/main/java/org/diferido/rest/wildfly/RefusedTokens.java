package org.diferido.rest.wildfly;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;

/**
 * Reads tokens as WildFly does, but takes every one that cannot be read for refused. By itself
 * WildFly answers a token whose key it does not find with a 500, before the application is asked.
 */
public class RefusedTokens extends DefaultJWTCallerPrincipalFactory {

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    try {
      return super.parse(token, context);
    } catch (ParseException e) {
      // Without its cause, by which WildFly chooses between 401 and 500.
      ParseException refused = new ParseException(e.getMessage());
      refused.addSuppressed(e);
      throw refused;
    }
  }
}
