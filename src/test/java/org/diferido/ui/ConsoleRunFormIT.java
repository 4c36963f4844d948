package org.diferido.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.diferido.ui.page.DemoConsole;
import org.diferido.ui.page.JobScreen;
import org.diferido.ui.page.RunForm;
import org.diferido.ui.page.TestJobs;
import org.diferido.ui.page.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The form of a procedure: what it takes, what it says no to, and how often it runs. */
@Tag(ServiceProcess.ANY_SERVER)
class ConsoleRunFormIT {

  @RegisterExtension static final DemoConsole CONSOLE = new DemoConsole();

  private static final String SUBMIT = "**/procedure/async";
  private static final String REPORT = "PKG_REPORTES.GENERAR_MENSUAL";
  private static final String RECORDED = "0123456789abcdef0123456789abcdef";

  /** More than an address would take. */
  private static final String LONG = "x".repeat(7000);

  private final Visitor ana = CONSOLE.visitor("ana.gomez");
  private final RunForm form = new RunForm(ana);

  @Test
  void whatIsMissingIsToldAtItsFieldWhichHasTheFocus() {
    form.of(REPORT).submit().click();
    assertThat(form.field("VMES")).hasAttribute("aria-invalid", "true");
    assertThat(form.field("VMES")).hasAccessibleDescription(Pattern.compile("Falta este dato\\."));
    assertThat(form.field("VMES")).isFocused();
    assertThat(form.notice()).containsText("Hay 2 datos para corregir. No se ejecutó nada.");
    assertThat(ana.told()).hasText("Hay 2 datos para corregir. No se ejecutó nada.");
    form.fill("VMES", "3");
    assertThat(form.error("VMES")).isEmpty();
  }

  @Test
  void whatIsNoNumberDoesNotEvenLeave() {
    List<String> sent = new ArrayList<>();
    ana.page().onRequest(request -> sent.add(request.method()));
    form.of(REPORT).fill("VMES", "trece").fill("VANIO", "2025").submit().click();
    assertThat(form.error("VMES")).hasText("No es un número.");
    form.fill("VMES", "12").fill("VANIO", "2.025").submit().click();
    assertThat(form.error("VANIO")).containsText("¿2025 o 2,025?");
    assertThat(sent).doesNotContain("POST");
  }

  @Test
  void aNumberIsTakenInTheSpellingThatResultsHave() {
    form.of("SUMA").fill("A", "1.234,50").fill("B", "-1.234.567");
    assertThat(form.call()).containsText("\"value\":\"1234.50\"");
    assertThat(form.call()).containsText("\"value\":\"-1234567\"");
    assertThat(form.run().says("Completado").values()).containsText("-1.233.332,5");
  }

  @Test
  void groupsThatAreNoneMakeNoNumber() {
    form.of("SUMA").fill("A", "1.23,5").fill("B", "1.234.567.8").submit().click();
    assertThat(form.error("A")).hasText("No es un número.");
    assertThat(form.error("B")).hasText("No es un número.");
    form.fill("A", "1,234").fill("B", "1,234,567.8").submit().click();
    assertThat(form.error("A")).containsText("¿1234 o 1,234?");
    assertThat(form.error("B")).isEmpty();
  }

  @Test
  void aLabelIsAKeyWithItsValue() {
    form.of("SUMA").fill("A", "1").fill("B", "2").moreOptions().fill("labels", "mes=1, cierre");
    form.submit().click();
    assertThat(form.error("labels")).hasText("«cierre» no es clave=valor.");
    assertThat(form.field("labels")).isFocused();
    form.fill("labels", "mes=1, cierre=");
    assertThat(form.call()).containsText("\"labels\": {\"mes\":\"1\",\"cierre\":\"\"}");
    form.check();
    assertThat(form.notice()).hasText("Los datos son válidos. No se ejecutó nada.");
  }

  @Test
  void whatTheServiceRefusesLandsAtItsField() {
    form.of(REPORT).fill("VMES", "1e300").fill("VANIO", "2025").submit().click();
    assertThat(form.error("VMES")).not().isEmpty();
    assertThat(form.field("VMES")).hasAttribute("aria-invalid", "true");
    assertThat(form.error("VANIO")).isEmpty();
    form.field("VANIO").focus();
    form.notice().getByRole(AriaRole.LINK).click();
    assertThat(form.field("VMES")).isFocused();
  }

  @Test
  void anOptionThatIsRefusedIsOpenedAndFocused() {
    form.of("SUMA").fill("A", "1").fill("B", "2").moreOptions();
    form.fill("timeout_seconds", "0").moreOptions();
    assertThat(form.field("timeout_seconds")).isHidden();
    form.submit().click();
    assertThat(form.error("timeout_seconds")).not().isEmpty();
    assertThat(form.field("timeout_seconds")).isFocused();
  }

  @Test
  void checkingRunsNothing() {
    TestJobs jobs = CONSOLE.jobs();
    form.of("SUMA").fill("A", "1").fill("B", "2").moreOptions().fill("labels", jobs.label());
    form.check();
    assertThat(form.notice()).hasText("Los datos son válidos. No se ejecutó nada.");
    assertThat(jobs.count()).isZero();
    form.run().says("Completado");
    assertThat(jobs.count()).isEqualTo(1);
  }

  @Test
  void twoClicksRunItOnceAndDigitsStayExact() {
    TestJobs jobs = CONSOLE.jobs();
    form.of("SUMA").fill("A", "12,5").fill("B", "123456789012345678901");
    form.moreOptions().fill("labels", jobs.label());
    form.submit().dblclick();
    JobScreen job = new JobScreen(ana).says("Completado");
    assertThat(job.values()).containsText("123.456.789.012.345.678.913,5");
    assertThat(jobs.count()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsLostMakesNoSecondJob() {
    TestJobs jobs = CONSOLE.jobs();
    form.of("SUMA").fill("A", "1").fill("B", "2").moreOptions().fill("labels", jobs.label());
    AtomicBoolean lost = new AtomicBoolean();
    ana.page()
        .route(
            SUBMIT,
            route -> {
              if (lost.compareAndSet(false, true)) {
                route.fetch();
                route.abort();
              } else {
                route.resume();
              }
            });
    form.submit().click();
    assertThat(form.notice()).containsText("No hay conexión con el servidor");
    assertThat(jobs.count()).isEqualTo(1);
    form.run().says("Completado");
    assertThat(jobs.count()).isEqualTo(1);
  }

  @Test
  void whoHasToWaitIsToldHowLongAndKeepsTheForm() {
    form.of("SUMA").fill("A", "41").fill("B", "1");
    Route.FulfillOptions full =
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/problem+json")
            .setHeaders(Map.of("Retry-After", "20"))
            .setBody(
                "{\"status\":503,\"title\":\"Cola llena\",\"detail\":\"La cola está llena\","
                    + "\"code\":\"QUEUE_FULL\",\"error\":\"La cola está llena\"}");
    ana.page().route(SUBMIT, route -> route.fulfill(full));
    form.submit().click();
    assertThat(form.notice()).containsText("La cola está llena");
    assertThat(form.notice()).containsText(Pattern.compile("Pruebe otra vez en 1\\d s"));
    assertThat(form.field("A")).hasValue("41");
    ana.page().unroute(SUBMIT);
    assertThat(form.run().says("Completado").values()).containsText("42");
  }

  @Test
  void aSecretIsNeverShownAgain() {
    String secret = "S3CRETO-9";
    form.of("PROC_TEST_CLAVE").fill("P_USUARIO", "ana").fill("P_CLAVE", secret);
    assertThat(form.field("P_CLAVE")).hasAttribute("type", "password");
    assertThat(form.field("P_CLAVE")).hasAttribute("autocomplete", "new-password");
    assertThat(form.call()).containsText("\"$(json \"$SECRET_P_CLAVE\")\"");
    assertThat(form.call()).not().containsText(secret);
    JobScreen job = form.run().says("Completado");
    assertThat(job.values()).containsText("ana: clave de 9 caracteres");
    assertThat(job.panel("Parámetros")).containsText("oculto");
    assertThat(ana.page().content()).doesNotContain(secret);
    ana.button("Copiar como curl").click();
    assertThat(ana.toast()).hasText("Copiado");
    assertThat(ana.clipboard())
        .contains("\"$(json \"$SECRET_P_CLAVE\")\"")
        .doesNotContain(secret, "***");
    ana.link("Corregir y ejecutar").click();
    assertThat(form.field("P_USUARIO")).hasValue("ana");
    assertThat(form.field("P_CLAVE")).hasValue("");
    assertThat(form.left()).containsText("P_CLAVE");
    assertThat(ana.address()).doesNotContainIgnoringCase("clave=");
  }

  @Test
  void anOverloadIsChosenByItsParameters() {
    form.of("PROC_TEST_SOBRECARGA");
    assertThat(form.field("P_B")).hasCount(0);
    form.fill("P_A", "1");
    ana.page().getByRole(AriaRole.RADIO).nth(1).check();
    assertThat(form.field("P_A")).hasValue("1");
    form.fill("P_B", "2");
    assertThat(form.run().says("Completado").values()).containsText("dos");
  }

  @Test
  void everyTypeLeavesAndComesBackAsItIs() {
    form.of("PROC_TEST_TIPOS");
    form.fill("P_TIMESTAMP", "2025-12-10T14:30:05").fill("P_ZONA", "2025-12-10T14:30:00-03:00");
    ana.page().getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Sí")).check();
    form.fill("P_CLOB", "línea 1\nlínea <b>2</b>");
    form.field("P_RAW")
        .setInputFiles(
            new FilePayload("a.bin", "application/octet-stream", new byte[] {0, -1, 1, 2}));
    form.fill("P_DECIMAL", "12345678901234567890,1234567891");
    form.fill("P_INTEGER", "42").fill("P_DOUBLE", "2.5");
    assertThat(form.call()).containsText("\"name\":\"P_DOUBLE\",\"value\":\"2.5\"");
    JobScreen job = form.run().says("Completado");
    Locator values = job.values().locator("div");
    for (Map.Entry<String, String> each :
        Map.of(
                "O_TIMESTAMP", "2025-12-10T14:30:05",
                "O_BOOLEAN", "Sí",
                "O_CLOB", "línea <b>2</b>",
                "O_DECIMAL", "12.345.678.901.234.567.890,1234567891",
                "O_INTEGER", "42",
                "O_DOUBLE", "2,5")
            .entrySet()) {
      Locator value = values.filter(new Locator.FilterOptions().setHasText(each.getKey()));
      assertThat(value).containsText(each.getValue());
    }
  }

  @Test
  void whatALinkBringsIsSentAsItIsShown() {
    form.of(
        "PROC_TEST_TIPOS?P_BOOLEAN=TRUE&p_timestamp=10/12/2025&P_ZONA=2025-12-10T14:30:00Z"
            + "&P_CLOB=x&P_RAW=AAEC&P_DECIMAL=1.500&P_INTEGER=1&P_DOUBLE=2.5&P_NADIE=1");
    assertThat(form.left()).containsText("No se pudo traer: P_RAW, P_NADIE.");
    assertThat(ana.page().getByLabel("Sí")).isChecked();
    assertThat(form.field("P_TIMESTAMP")).hasValue("2025-12-10T00:00");
    assertThat(form.error("P_DECIMAL")).containsText("¿1500 o 1,5?");
    assertThat(form.call()).containsText("\"name\":\"P_BOOLEAN\",\"value\":true");
    ana.goes("#/run/PROC_TEST_TIPOS?P_BOOLEAN=quiza&P_TIMESTAMP=2025-12-10T10:00:00.123456");
    assertThat(form.error("P_BOOLEAN")).hasText("No es true ni false.");
    assertThat(form.field("P_BOOLEAN")).hasValue("quiza");
    assertThat(form.field("P_TIMESTAMP")).hasValue("2025-12-10T10:00:00.123456");
    assertThat(form.call()).containsText("\"value\":\"2025-12-10T10:00:00.123456\"");
  }

  @Test
  void aDateThatIsNoneIsNotTakenForOneThatWasLeftEmpty() {
    form.of("PKG_ETL.PROCESO_LARGO").field("VFECHA").focus();
    ana.presses("1");
    form.submit().click();
    assertThat(form.error("VFECHA")).containsText("No es una fecha.");
    form.fill("VFECHA", "2025-12-10");
    assertThat(form.error("VFECHA")).isEmpty();
    form.field("VFECHA").focus();
    ana.presses("Backspace");
    assertThat(form.error("VFECHA")).containsText("No es una fecha.");
    assertThat(form.call()).not().containsText("2025-12-10");
    form.fill("VFECHA", "2025-12-10").moreOptions();
    // Six digits are what Chromium takes for a year where nothing keeps it from it.
    form.fill("start_before", "12025-01-01T10:00").submit().click();
    assertThat(form.error("start_before")).containsText("No es una fecha.");
    assertThat(form.field("start_before")).isFocused();
  }

  @Test
  void aFormThatWasLeftIsFoundAgain() {
    form.of("PROC_TEST_TIPOS").fill("P_CLOB", "a medias");
    form.field("P_RAW").setInputFiles(file("a.bin", 1));
    assertThat(form.call()).containsText("$(base64 < 'a.bin')");
    ana.presses("Escape", "Escape");
    assertThat(ana.heading()).hasText("¿Qué quiere ejecutar?");
    form.of("SUMA").fill("A", "1");
    form.of("PROC_TEST_TIPOS");
    assertThat(form.field("P_CLOB")).hasValue("a medias");
    assertThat(form.call()).containsText("$(base64 < 'a.bin')");
    assertThat(form.field("P_RAW").inputValue()).endsWith("a.bin");
    form.of("SUMA").fill("B", "2").run().says("Completado");
    assertThat(form.of("SUMA").field("A")).hasValue("");
  }

  @Test
  void whatWasNotBroughtIsToldOfItsLinkAloneUntilItIsSent() {
    form.of("SUMA?from=" + "0".repeat(32));
    assertThat(form.left()).containsText("No se trajeron los datos del trabajo");
    form.of("SUMA");
    assertThat(form.left()).hasCount(0);
    String link = "SUMA?A=1&NADIE=2";
    form.of(link);
    assertThat(form.left()).containsText("NADIE");
    form.of("SUMA");
    assertThat(form.left()).hasCount(0);
    assertThat(form.field("A")).hasValue("1");
    form.of(link);
    assertThat(form.left()).containsText("NADIE");
    form.fill("B", "2");
    ana.page().route(SUBMIT, Route::abort);
    form.submit().click();
    assertThat(form.notice()).containsText("No hay conexión con el servidor");
    assertThat(form.left()).hasCount(0);
  }

  @Test
  void aFileIsReadWhereTheCallIsMade(@TempDir Path folder) throws Exception {
    byte[] content = new byte[200];
    Arrays.fill(content, (byte) -1);
    Path file = Files.write(folder.resolve("it's $1.bin"), content);
    form.of("PROC_TEST_TIPOS").field("P_RAW").setInputFiles(file);
    assertThat(form.call()).containsText("$(base64 < 'it'\\''s $1.bin')");
    ana.button("Copiar").click();
    assertThat(ana.toast()).hasText("Copiado");
    String[] sent = inShell(folder, ana.clipboard()).split("\n", 2);
    assertThat(sent[0]).matches("Idempotency-Key: [0-9a-f]{32}");
    assertThat(sent[1]).contains("\"" + Base64.getEncoder().encodeToString(content) + "\"");
    Files.delete(file);
    assertThat(inShell(folder, ana.clipboard())).isEmpty();
    ana.button("JavaScript").click();
    assertThat(form.call()).containsText("await readFile(\"it's $1.bin\", 'base64')");
  }

  /** The key and the body that curl would send; as it does, without the ends of lines. */
  private static String inShell(Path folder, String call) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "curl() { echo \"$9\"; tr -d '\\n'; }\n" + call)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    shell.getOutputStream().close();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static FilePayload file(String name, int content) {
    return new FilePayload(name, "application/octet-stream", new byte[] {(byte) content});
  }

  @Test
  void onlyTheFileThatIsNamedIsSentAndOnlyOnceItIsRead() {
    form.of("PROC_TEST_TIPOS");
    ana.page()
        .evaluate(
            """
            () => {
              const read = FileReader.prototype.readAsDataURL;
              window.reads = [];
              FileReader.prototype.readAsDataURL = function (file) {
                window.reads.push(() => file.name === 'b.bin' ? this.onerror() : read.call(this, file));
              };
            }""");
    form.field("P_RAW").setInputFiles(file("a.bin", 1));
    form.field("P_RAW").setInputFiles(file("c.bin", 3));
    form.submit().click();
    assertThat(form.error("P_RAW")).containsText("El archivo se está leyendo.");
    ana.page().evaluate("reads[1]()");
    assertThat(form.error("P_RAW")).isEmpty();
    assertThat(form.call()).containsText("$(base64 < 'c.bin')");
    ana.page().evaluate("reads[0]()");
    assertThat(form.call()).not().containsText("a.bin");
    form.field("P_RAW").setInputFiles(file("b.bin", 2));
    ana.page().evaluate("reads[2]()");
    assertThat(form.error("P_RAW")).containsText("No se pudo leer el archivo.");
    assertThat(form.call()).not().containsText("base64");
  }

  /** A procedure with a record, as the demo's database has none, and a job that was given all. */
  private void giveRecords() {
    String attributes =
        "{\"type\":[\"object\",\"null\"],\"properties\":{\"CLAVE\":{},\"NOMBRE\":{}}}";
    StringBuilder params = new StringBuilder();
    StringBuilder schemas = new StringBuilder();
    String[][] each = {
      {"P_REGISTRO", attributes},
      {"P_OTRO", attributes},
      {"P_TEXTO", "{\"type\":[\"string\",\"null\"]}"},
      {"P_NULO", "{\"type\":[\"string\",\"null\"]}"},
      {"labels", "{\"type\":[\"string\",\"null\"]}"},
      {"TOKEN", "{\"type\":[\"string\",\"null\"]}"}
    };
    for (String[] one : each) {
      params.append(params.isEmpty() ? "" : ",");
      params.append("{\"name\":\"%s\",\"direction\":\"IN\",\"type\":\"T\",".formatted(one[0]));
      params.append("\"optional\":false,\"secret\":%s}".formatted(one[0].equals("TOKEN")));
      schemas.append(schemas.isEmpty() ? "" : ",");
      schemas.append(
          "{\"properties\":{\"name\":{\"const\":\"%s\"},\"value\":%s}}".formatted(one[0], one[1]));
    }
    give(
        "**/procedures/REGISTRAR",
        """
        {"name":"REGISTRAR","full_name":"S.REGISTRAR","schema":"S","kind":"procedure","statistics":{"runs":0},"rules":{"attempts":1,"timeout_seconds":60},
         "overloads":[{"signature":"REGISTRAR","isFunction":false,"callable":true,"params":[%s],
           "request_schema":{"properties":{"params":{"items":{"oneOf":[%s]}}}}}]}"""
            .formatted(params, schemas));
    give(
        "**/jobs/" + RECORDED,
        """
        {"id":"%s","procedure_name":"REGISTRAR","state":"failed","links":{},"timeout_seconds":60,"start_before":"2020-01-01T00:00:00Z","params":[
          {"name":"P_REGISTRO","value":{"CLAVE":"***","NOMBRE":"ana"}},{"name":"P_OTRO","value":null},
          {"name":"P_TEXTO","value":"%s"},{"name":"P_NULO","value":null},{"name":"TOKEN","value":"***"},{"name":"labels","value":"x"}]}"""
            .formatted(RECORDED, LONG));
  }

  private void give(String path, String body) {
    ana.page()
        .route(
            path,
            route ->
                route.fulfill(
                    new Route.FulfillOptions().setContentType("application/json").setBody(body)));
  }

  @Test
  void whatAJobWasGivenIsBroughtWhateverItsLengthAndTheRestIsNamed() {
    giveRecords();
    form.of("REGISTRAR?from=" + RECORDED);
    assertThat(form.field("P_TEXTO")).hasValue(LONG);
    assertThat(form.field("P_OTRO")).hasValue("null");
    assertThat(form.field("P_REGISTRO")).hasValue("");
    assertThat(form.left()).containsText("P_REGISTRO, P_NULO, TOKEN, «No empezar después de».");
    assertThat(form.field("timeout_seconds")).hasValue("");
    form.fill("P_REGISTRO", "{\"CLAVE\":\"oculta\",\"NOMBRE\":\"ana\"}").fill("TOKEN", "oculto");
    assertThat(form.call()).containsText("\"CLAVE\":\"'\"$(json \"$SECRET_CLAVE\")\"'\"");
    assertThat(form.call()).containsText("$(json \"$SECRET_TOKEN\")");
    assertThat(form.call()).not().containsText("ocult");
    ana.page().locator("[id='f-labels']").fill("");
    form.submit().click();
    assertThat(form.notice()).containsText("labels: Falta este dato.");
    ana.page().locator("[id='f-labels']").fill("y");
    form.field("P_NULO").fill("z");
    assertThat(ana.page().locator("[id='o-labels']")).hasValue("");
  }
}
