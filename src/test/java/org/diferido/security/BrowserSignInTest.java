package org.diferido.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diferido.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserSignInTest {

  private static final String ISSUER = "mp.jwt.verify.issuer";
  private static final String CLIENT = "diferido.console.client-id";
  private static final String SCOPE = "diferido.console.scope";

  @Test
  void whatIsConfiguredHolds() {
    assertThat(
            BrowserSignIn.from(
                TestConfig.of(
                    ISSUER, "https://sso.example.com/realms/x",
                    CLIENT, " diferido-console ",
                    SCOPE, "openid offline_access")))
        .contains(
            new BrowserSignIn(
                "https://sso.example.com/realms/x", "diferido-console", "openid offline_access"));
    assertThat(BrowserSignIn.from(TestConfig.of(ISSUER, "https://sso.example.com", CLIENT, "c")))
        .contains(new BrowserSignIn("https://sso.example.com", "c", null));
  }

  @ParameterizedTest
  @CsvSource({
    "https://sso.example.com/realms/x?y=z, https://sso.example.com",
    "http://localhost:8180/realms/x, http://localhost:8180",
    "http://key_cloak:8080/realms/x, http://key_cloak:8080",
    "https://SSO.compañía.es/x, https://sso.xn--compaa-7va5a.es",
    "http://[::1]:8180/realms/x, http://[::1]:8180"
  })
  void theOriginIsWhatABrowserMayAsk(String issuer, String origin) {
    assertThat(new BrowserSignIn(issuer, "c", null).origin()).isEqualTo(origin);
  }

  @Test
  void withoutAClientOrAnIssuerForBrowsersNobodySignsIn() {
    assertThat(BrowserSignIn.from(TestConfig.of(ISSUER, "https://sso.example.com"))).isEmpty();
    assertThat(BrowserSignIn.missing(TestConfig.of(ISSUER, "https://sso.example.com")))
        .isEqualTo(CLIENT);
    for (String issuer :
        new String[] {
          "",
          "urn:diferido:demo",
          "sso.example.com",
          "https://",
          "a b",
          "https://ana@sso.example.com",
          "https://a;b/x",
          "https://a'b/x",
          "https://sso.example.com:x/"
        }) {
      assertThat(BrowserSignIn.from(TestConfig.of(ISSUER, issuer, CLIENT, "c"))).isEmpty();
      assertThat(BrowserSignIn.missing(TestConfig.of(ISSUER, issuer, CLIENT, "c")))
          .isEqualTo(ISSUER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ñ", "a\nb"})
  void aClientThatIsNoneStopsTheStart(String client) {
    assertThatThrownBy(() -> BrowserSignIn.from(TestConfig.of(CLIENT, client)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(CLIENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "openid  email", "openid\temail", "openid \"x\"", "openidx"})
  void aScopeThatIsNoneStopsTheStart(String scope) {
    assertThatThrownBy(() -> BrowserSignIn.from(TestConfig.of(SCOPE, scope)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(SCOPE);
  }
}
