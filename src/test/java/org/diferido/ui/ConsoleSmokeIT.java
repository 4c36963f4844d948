package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.diferido.it.Client;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the console is there and works: the part of its tests that is run on every server. */
class ConsoleSmokeIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/ui/js/app.js, text/javascript",
    "/ui/lib/lit-html.js, text/javascript",
    "/ui/css/tokens.css, text/css",
    "/ui/favicon.svg, image/svg+xml"
  })
  void filesAreServedUnderAPolicyThatLetsNothingElseIn(String path, String type) {
    Client.Answer answer = CONSOLE.service().client(null).get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith(type);
    assertThat(answer.header("content-security-policy").split("; *"))
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.header("cross-origin-opener-policy")).isEqualTo("same-origin");
  }

  @Test
  void theConsoleIsToldThatThisIsTheDemo() {
    Client.Answer answer = CONSOLE.service().client(null).get("/ui/config");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getBoolean("demo")).isTrue();
  }

  @Test
  void aPersonSignsInRunsAProcedureAndTakesItsResultAway() throws Exception {
    Visitor ana =
        CONSOLE.visitor("ana.gomez", "#/run/PKG_REPORTES.GENERAR_MENSUAL?vMES=2&vANIO=2025");
    JobScreen job = new RunForm(ana).run().says("Completado");
    assertThat(job.rows()).hasCount(20);
    Visitor.Received csv = ana.downloads(ana.button("Descargar result_set_1 en CSV"));
    assertThat(new String(csv.bytes(), StandardCharsets.UTF_8).lines()).hasSize(1 + 28 * 120);
  }
}
