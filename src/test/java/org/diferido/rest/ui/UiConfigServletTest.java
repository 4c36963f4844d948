package org.diferido.rest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.diferido.security.BrowserSignIn;
import org.junit.jupiter.api.Test;

class UiConfigServletTest {

  private static final BrowserSignIn SIGN_IN =
      new BrowserSignIn("https://sso.example.com/realms/x", "diferido-console", null);

  private static String told(boolean demo, BrowserSignIn signIn) {
    return UiConfigServlet.told(demo, Optional.ofNullable(signIn)).map(Object::toString).orElse("");
  }

  @Test
  void inDemoModeThereIsNoIssuerToGoTo() {
    assertThat(told(true, null)).isEqualTo("{\"demo\":true}");
    assertThat(told(true, SIGN_IN)).isEqualTo("{\"demo\":true}");
  }

  @Test
  void peopleAreSentToTheIssuer() {
    assertThat(told(false, SIGN_IN))
        .isEqualTo(
            "{\"demo\":false,\"issuer\":\"https://sso.example.com/realms/x\",\"client_id\":\"diferido-console\"}");
    BrowserSignIn scoped = new BrowserSignIn("https://sso.example.com", "c", "openid email");
    assertThat(told(false, scoped)).contains("\"scope\":\"openid email\"");
  }

  @Test
  void withNeitherThereIsNothingToTell() {
    assertThat(told(false, null)).isEmpty();
  }
}
