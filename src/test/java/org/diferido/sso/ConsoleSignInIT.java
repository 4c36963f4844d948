package org.diferido.sso;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.Chromium;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.JobsScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's sign-in at a real Keycloak, in a real browser. */
class ConsoleSignInIT {

  private static final double PATIENCE_MILLIS = 60_000;

  /** Renewed half a minute before its end, so after some fifteen seconds. */
  private static final Duration SHORT_LIFE = Duration.ofSeconds(45);

  private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
  private static final String SIGN_IN = "Entrar con la cuenta de la empresa";

  @TempDir static Path folder;

  private static Chromium chromium;
  private static Keycloak keycloak;
  private static ServiceProcess service;

  private final List<Request> atTheIssuer = new ArrayList<>();
  private Visitor ana;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.open();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    keycloak = new Keycloak(Path.of(System.getProperty("diferido.keycloak")));
    keycloak.hire("ana.gomez", "Analistas");
    keycloak.hire("oscar.rey", "Operadores");
    Map<String, String> environment = new HashMap<>(keycloak.environment());
    environment.put("DIFERIDO_CONSOLE_CLIENT_ID", Keycloak.CONSOLE);
    service = ServiceProcess.demoOnPayaraBehind(folder, environment);
    service.awaitAnswer();
    keycloak.serves("http://localhost:" + service.port());
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void comes() throws Exception {
    keycloak.tokensLive(USUAL_LIFE);
    ana = new Visitor(chromium.browser(), "http://localhost:" + service.port(), options -> options);
    ana.page()
        .onRequest(
            request -> {
              if (request.url().startsWith(keycloak.issuer())) {
                atTheIssuer.add(request);
              }
            });
  }

  @AfterEach
  void leaves() {
    assertThat(ana.leaves()).as("what the browser complains of").isEmpty();
  }

  /** From the console's sign-in over Keycloak's own page and back. */
  private void signsIn(String person) {
    ana.button(SIGN_IN).click();
    ana.page().locator("#username").fill(person);
    ana.page().locator("#password").fill(keycloak.passwordOf(person));
    ana.page().locator("#kc-login").click();
    assertThat(ana.page().locator(".me")).containsText(person);
  }

  private List<String> grants() {
    return atTheIssuer.stream()
        .filter(request -> request.method().equals("POST") && request.url().endsWith("/token"))
        .map(Request::postData)
        .toList();
  }

  @Test
  void aPersonComesBackSignedInToWhereSheWasGoing() {
    ana.goes("#/jobs?state=succeeded");
    assertThat(ana.page().getByText("Irá a localhost:")).isVisible();
    signsIn("ana.gomez");
    assertThat(ana.page()).hasURL(ana.base() + "/#/jobs?state=succeeded");
    assertThat(atTheIssuer)
        .anyMatch(
            request ->
                request.url().contains("code_challenge_method=S256")
                    && request.url().contains("response_type=code"));
    assertThat(grants()).hasSize(1).allMatch(form -> form.contains("code_verifier="));
    RunForm form = new RunForm(ana).of("SUMA").fill("A", "40").fill("B", "2");
    JobScreen job = form.run().says("Completado");
    assertThat(job.panel("Datos técnicos")).containsText("ana.gomez");
  }

  @Test
  void theTokenIsInMemoryAndNowhereElse() {
    List<String> addresses = new ArrayList<>();
    ana.page().onRequest(request -> addresses.add(request.url()));
    ana.goes("");
    signsIn("ana.gomez");
    assertThat(new JobsScreen(ana).search()).isVisible();
    assertThat(ana.kept()).doesNotContain("eyJ", "verifier", "ana.gomez");
    assertThat(ana.page().context().cookies(ana.base())).noneMatch(it -> it.value.contains("eyJ"));
    assertThat(addresses)
        .allMatch(address -> !address.startsWith(ana.base()) || !address.contains("eyJ"));
    assertThat(ana.page().url()).doesNotContain("code=", "state=", "session_state=");
  }

  @Test
  void aLoadAndAnotherTabNeedNoPassword() {
    ana.goes("#/procedures");
    signsIn("ana.gomez");
    ana.page().reload();
    assertThat(ana.page().locator(".me")).containsText("ana.gomez");
    assertThat(ana.page()).hasURL(ana.base() + "/#/procedures");
    Page other = ana.tab();
    other.navigate(ana.base() + "/#/run/SUMA");
    assertThat(other.locator(".me")).containsText("ana.gomez");
    assertThat(other).hasURL(ana.base() + "/#/run/SUMA");
  }

  @Test
  void theTokenIsRenewedSilentlyWhileThePageIsOpen() throws Exception {
    keycloak.tokensLive(SHORT_LIFE);
    ana.goes("#/run/SUMA");
    signsIn("ana.gomez");
    RunForm form = new RunForm(ana).fill("A", "40");
    ana.page()
        .waitForRequest(
            request ->
                request.url().endsWith("/token")
                    && request.postData().contains("grant_type=refresh_token"),
            new Page.WaitForRequestOptions().setTimeout(PATIENCE_MILLIS),
            () -> {});
    assertThat(ana.connection()).hasText("En vivo");
    assertThat(form.field("A")).hasValue("40");
    assertThat(form.fill("B", "2").run().says("Completado").values()).containsText("42");
    assertThat(ana.kept()).doesNotContain("eyJ");
  }

  @Test
  void aSessionThatTheIssuerEndsBringsBackToTheSamePlaceAndForm() throws Exception {
    List<String> stored = new ArrayList<>();
    ana.page().exposeFunction("stored", values -> stored.add((String) values[0]));
    ana.page()
        .addInitScript(
            """
            const set = Storage.prototype.setItem;
            Storage.prototype.setItem = function (key, value) {
              stored(value);
              set.call(this, key, value);
            };""");
    keycloak.tokensLive(SHORT_LIFE);
    ana.goes("#/run/PROC_TEST_CLAVE");
    signsIn("ana.gomez");
    RunForm form = new RunForm(ana).fill("P_USUARIO", "a medias").fill("P_CLAVE", "S3CRETO-9");
    keycloak.signsOut("ana.gomez");
    assertThat(ana.page().getByText("Su sesión venció")).isVisible();
    signsIn("ana.gomez");
    assertThat(ana.page()).hasURL(ana.base() + "/#/run/PROC_TEST_CLAVE");
    assertThat(form.field("P_USUARIO")).hasValue("a medias");
    assertThat(form.field("P_CLAVE")).hasValue("");
    assertThat(form.left()).containsText("P_CLAVE");
    assertThat(stored)
        .anyMatch(text -> text.contains("a medias"))
        .noneMatch(text -> text.contains("S3CRETO-9") || text.contains("eyJ"));
    assertThat(ana.kept()).doesNotContain("a medias");
  }

  @Test
  void whoSignsOutIsOutAtTheIssuerAsWell() {
    ana.goes("");
    signsIn("ana.gomez");
    ana.page().locator(".me").click();
    ana.answer("Salir").click();
    assertThat(ana.button(SIGN_IN)).isVisible();
    assertThat(ana.page()).hasURL(ana.base() + "/");
    ana.page().reload();
    assertThat(ana.button(SIGN_IN)).isVisible();
    signsIn("oscar.rey");
    assertThat(ana.menu().getByText("Sistema")).isVisible();
  }

  @Test
  void anAnswerThatNobodyAskedForIsRefused() {
    ana.goes("?code=abc&state=forged#/jobs");
    assertThat(ana.page().getByText("No se pudo entrar")).isVisible();
    assertThat(grants()).isEmpty();
    assertThat(ana.page().url()).doesNotContain("code=");
  }
}
