package org.diferido.rest;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.diferido.security.Roles;
import org.eclipse.microprofile.auth.LoginConfig;

/**
 * The one JAX-RS application, at the root, so that every path answers in the service's own form.
 *
 * <p>A bean, since Payara sees the login configuration only of beans.
 */
@ApplicationPath("/")
@ApplicationScoped
@LoginConfig(authMethod = "MP-JWT")
@DeclareRoles({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
public class DiferidoApplication extends Application {

  /** Without WADL: Jersey would answer OPTIONS and /application.wadl with XML. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
