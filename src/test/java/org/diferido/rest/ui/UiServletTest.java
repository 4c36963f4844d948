package org.diferido.rest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UiServletTest {

  @Test
  void theIssuerMayBeAskedAndNothingElseBesideThisService() {
    String usual = UiServlet.policy(Optional.empty());
    assertThat(usual)
        .contains("connect-src 'self';", "frame-ancestors 'none'", "script-src 'self';");
    assertThat(usual)
        .doesNotContain("unsafe")
        .doesNotContain("*")
        .startsWith("default-src 'none';");
    String withIssuer = UiServlet.policy(Optional.of("https://sso.example.com"));
    assertThat(Arrays.asList(withIssuer.split("; ")))
        .filteredOn(each -> !usual.contains(each))
        .containsExactly("connect-src 'self' https://sso.example.com");
  }
}
