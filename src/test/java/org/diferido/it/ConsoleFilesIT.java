package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the console comes to a browser, black-box. */
class ConsoleFilesIT {

  private static final Pattern OWN = Pattern.compile("(?:src|href)=\"(/ui/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("(?:from|import) '(\\.{1,2}/[^']+\\.js)'");

  /** What a first visit may cost, in bytes. */
  private static final int MOST = 300_000;

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client browser;

  @BeforeAll
  static void start() throws Exception {
    service = ServiceProcess.demo(folder, Map.of());
    browser = service.client(null);
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  private static void assertSafe(Client.Answer answer) {
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(answer.http().headers().allValues("content-security-policy"))
        .containsExactly(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
                + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?code=abc&state=def", "/ui/index.html"})
  void thePageIsAskedForAgainEachTime(String path) {
    Client.Answer page = browser.get(path, "Accept", "text/html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type").replace(" ", ""))
        .isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.header("cache-control")).isEqualTo("no-cache");
    assertThat(page.text()).startsWith("<!doctype html>").endsWith("</html>\n");
    assertSafe(page);
    Client.Answer same = browser.get(path, "If-None-Match", page.header("etag"));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.text()).isEmpty();
    assertSafe(same);
    Client.Answer head = browser.send("HEAD", path, null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("content-length"))
        .isEqualTo("" + page.text().getBytes(StandardCharsets.UTF_8).length);
  }

  /** Everything that the first screen needs, as a browser finds it. */
  private static Map<String, Client.Answer> firstVisit() {
    Map<String, Client.Answer> found = new LinkedHashMap<>();
    Client.Answer page = browser.get("/");
    found.put("/", page);
    Deque<String> wanted = new ArrayDeque<>();
    OWN.matcher(page.text()).results().forEach(each -> wanted.add(each.group(1)));
    while (!wanted.isEmpty()) {
      String path = wanted.remove();
      if (!found.containsKey(path)) {
        Client.Answer file = browser.get(path);
        assertThat(file.status()).as(path).isEqualTo(200);
        found.put(path, file);
        for (Matcher named = IMPORT.matcher(file.text()); named.find(); ) {
          wanted.add(Path.of(path).resolveSibling(named.group(1)).normalize().toString());
        }
      }
    }
    return found;
  }

  @Test
  void whatThePageNamesNeverChangesAndIsKeptByTheBrowser() {
    Map<String, Client.Answer> found = firstVisit();
    assertThat(found.keySet()).anyMatch(path -> path.endsWith("/lib/lit-html.js"));
    assertThat(found).hasSizeGreaterThan(40);
    found.remove("/");
    found.forEach(
        (path, file) -> {
          assertThat(path).matches("/ui/v[0-9a-f]{32}/.*");
          assertThat(file.header("cache-control"))
              .as(path)
              .isEqualTo("public, max-age=31536000, immutable");
          assertSafe(file);
        });
  }

  @Test
  void aFirstVisitCostsNoMoreThanItMay() {
    int bytes =
        firstVisit().values().stream()
            .mapToInt(file -> file.text().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    assertThat(bytes).isBetween(MOST / 2, MOST);
  }

  @Test
  void whoTakesGzipIsSentLessUnderAnotherTag() {
    String[] gzip = {"Accept-Encoding", "gzip, deflate, br"};
    Client.Answer plain = browser.get("/ui/js/app.js");
    Client.Answer packed = browser.get("/ui/js/app.js", gzip);
    assertThat(plain.header("content-encoding")).isEmpty();
    assertThat(packed.header("content-encoding")).isEqualTo("gzip");
    assertThat(Integer.parseInt(packed.header("content-length")))
        .isLessThan(Integer.parseInt(plain.header("content-length")) / 2);
    assertThat(packed.header("etag")).isNotEqualTo(plain.header("etag"));
    for (Client.Answer each : new Client.Answer[] {plain, packed}) {
      assertThat(each.http().headers().allValues("vary")).contains("Accept-Encoding");
    }
    assertThat(
            browser
                .get("/ui/js/app.js", gzip[0], gzip[1], "If-None-Match", packed.header("etag"))
                .status())
        .isEqualTo(304);
    assertThat(browser.get("/", gzip).header("content-encoding")).isEqualTo("gzip");
  }

  @Test
  void eachFileHasItsType() {
    assertThat(type("/ui/js/app.js")).isEqualTo("text/javascript");
    assertThat(type("/ui/lib/lit-html.js")).isEqualTo("text/javascript");
    assertThat(type("/ui/css/base.css")).isEqualTo("text/css");
    assertThat(type("/ui/favicon.svg")).isEqualTo("image/svg+xml");
    assertThat(type("/ui/ejemplo.html")).isEqualTo("text/html");
  }

  private static String type(String path) {
    Client.Answer answer = browser.get(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    assertThat(answer.header("cache-control")).as(path).isEqualTo("no-cache");
    return answer.header("content-type").replaceFirst("\\s*;.*", "");
  }

  @Test
  void anotherVersionsFileIsThisOnesAndIsNotKept() {
    Client.Answer file = browser.get("/ui/v" + "0".repeat(32) + "/js/app.js");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("cache-control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui",
        "/ui/",
        "/ui/js/",
        "/ui/nada.js",
        "/ui/lib/LICENSE",
        "/ui/../WEB-INF/web.xml",
        "/ui/%2e%2e/WEB-INF/web.xml",
        "/ui/..%2fWEB-INF%2fweb.xml",
        "/ui/js/..%5c..%5cWEB-INF%5cweb.xml",
        "/ui/WEB-INF/web.xml",
        "/ui/js/app.js%00.css"
      })
  void nothingElseIsServed(String path) {
    browser.get(path).problem(404);
  }

  @Test
  void theyAreOnlyRead() {
    for (String path : new String[] {"/", "/ui/js/app.js", "/ui/config"}) {
      Client.Answer posted = browser.post(path);
      assertThat(posted.problem(405).getString("instance")).isEqualTo(path);
      assertThat(posted.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void inDemoModeTheConsoleIsToldSo() {
    Client.Answer config = browser.get("/ui/config");
    assertThat(config.text()).isEqualTo("{\"demo\":true}");
    assertThat(config.header("content-type")).startsWith("application/json");
    assertThat(config.header("cache-control")).isEqualTo("no-store");
  }
}
