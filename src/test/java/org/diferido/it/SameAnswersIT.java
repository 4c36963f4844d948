package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One WAR on WildFly and on Payara Micro: the same request has the same answer, with its status,
 * its headers and its body, byte for byte as it goes over the wire.
 *
 * <p>Not looked at: {@code Date}, and the headers that are one connection's matter (RFC 9110,
 * section 7.6.1).
 */
class SameAnswersIT {

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("date", "connection", "keep-alive", "transfer-encoding", "content-length");

  private static final String TRACE =
      "traceparent: 00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

  private static final List<String> PATHS =
      List.of(
          "/",
          "/ping",
          "/ping/",
          "//ping",
          "/jobs",
          "/jobs/",
          "/jobs?limit=0",
          "/jobs?status=x",
          "/jobs?cursor=algo",
          "/jobs?limit=1&limit=2",
          "/jobs?color=rojo",
          "/jobs?q=x",
          "/jobs?label=a&label=b&state=queued",
          "/jobs/summary?limit=1",
          "/jobs/summary?state=queued&color=rojo",
          "/jobs/summary/",
          "/system?limit=1",
          "/jobs/cancel",
          "/jobs/cancel?label=nada",
          "/jobs/retry",
          "/jobs/retry?label=nada",
          "/jobs/0",
          "/jobs/0/cancel",
          "/jobs/00000000000000000000000000000000",
          "/jobs/0/results",
          "/jobs/0/results/",
          "/jobs/0/results/a",
          "/jobs/0/results/a%2fb",
          "/procedure",
          "/procedure/async",
          "/procedures",
          "/procedures/",
          "/procedures?limit=1&q=proc",
          "/procedures?limit=0",
          "/procedures/PROC_TEST",
          "/procedures/pkg_etl.proceso_largo",
          "/procedures/SUMA",
          "/procedures/a..b",
          "/procedures/%22Proc%20%C3%B1%22",
          "/nowhere/at/all",
          "/application.wadl",
          "/favicon.ico",
          "/WEB-INF",
          "/WEB-INF/web.xml",
          "/web-inf/web.xml",
          "/WEB-INF/error-page",
          "/META-INF/MANIFEST.MF",
          "/jobs/..%2f..%2fetc",
          "/jobs/..%2fhealth",
          "/jobs/%00",
          "/jobs/%ff%fe",
          "/jobs/%5c",
          "/jobs/../ping",
          "/jobs/%2e%2e/ping",
          "/jobs/./0",
          "/jobs/a%20b",
          "/jobs/%c3%b1",
          "/jobs/a;b=c",
          "/ping;x=y",
          "/health",
          "/health/",
          "/health/ready",
          "/health/live",
          "/health/nothing",
          "/openapi",
          "/openapi?format=json",
          "/openapi/",
          "/openapi/x",
          "/openapi;x=y",
          "//health",
          "/health/ready/",
          "/health;x=y",
          "/metrics/",
          "/?code=a&state=b",
          "/ui",
          "/ui/",
          "/ui/index.html",
          "/ui/js/app.js",
          "/ui/lib/lit-html.js",
          "/ui/lib/LICENSE",
          "/ui/nada.js",
          "/ui/config",
          "/ui/config/",
          "/ui/config;x=y",
          "/ui/../WEB-INF/web.xml",
          "/ui/%2e%2e/WEB-INF/web.xml",
          "/ui/..%2fWEB-INF%2fweb.xml");

  @TempDir static Path folder;
  private static final List<ServiceProcess> SERVERS = new ArrayList<>();

  /** By server and person: thousands of questions need no signature each. */
  private static final Map<String, String> TOKENS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    SERVERS.add(ServiceProcess.demo(folder.resolve("wildfly"), Map.of()));
    SERVERS.add(ServiceProcess.demoOnPayara(folder.resolve("payara")));
    SERVERS.forEach(ServiceProcess::awaitAnswer);
  }

  @AfterAll
  static void stop() throws Exception {
    for (ServiceProcess server : SERVERS) {
      server.close();
    }
  }

  /** An answer without what is one connection's. */
  private record Answer(String status, Map<String, String> headers, Object body) {}

  static Stream<Arguments> methodsAndPaths() {
    return Stream.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO")
        .flatMap(method -> PATHS.stream().map(path -> Arguments.of(method, path)));
  }

  @ParameterizedTest
  @MethodSource("methodsAndPaths")
  void whateverIsAskedOfAnyPath(String method, String path) throws IOException {
    for (String person : new String[] {"", "ana.gomez", "clara.paz"}) {
      assertSame(method, path, "", person.isEmpty() ? token -> "" : token -> token, person);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/jobs", "/ping", "/nowhere", "/health/ready", "/metrics", "/demo/tokens"})
  void aTokenThatIsNotOurs(String path) throws IOException {
    List<UnaryOperator<String>> forgeries =
        List.of(
            token -> "x.y.z",
            token -> "garbage",
            token -> "x".repeat(5000),
            token -> headed("{\"alg\":\"none\",\"typ\":\"JWT\"}", token, ""),
            token -> headed("{\"alg\":\"RS256\",\"kid\":\"unknown\"}", token, "AAAA"),
            token -> token.substring(0, token.lastIndexOf('.') + 1) + "AAAA");
    for (UnaryOperator<String> forged : forgeries) {
      assertSame("GET", path, "", forged, "ana.gomez");
    }
  }

  private static String headed(String header, String token, String signature) {
    String content = token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + content
        + signature;
  }

  static Stream<String> bodies() {
    return Stream.of(
        "",
        "{\"name\":",
        "[1]",
        "null",
        "{}",
        "{\"name\":7}",
        "{\"name\":\"A.B.C.D\"}",
        "{\"name\":\"PROC_TEST\"} {}",
        "{\"name\":\"PROC_TEST\",\"callback_url\":\"x\"}",
        "{\"name\":\"PROC_TEST\",\"timeout_seconds\":0}",
        "{\"name\":\"PKG_ETL.NO_EXISTE\"}",
        "{\"name\":\"PROC_TEST\",\"params\":[{\"name\":\"p_input\"},{\"name\":\"otro\"}]}");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodiesOfEveryTypeFromWhoMayAndWhoMayNot(String body) throws IOException {
    for (String type :
        List.of("application/json", "text/plain", "garbage", "application/json; charset=utf-16")) {
      for (String person : new String[] {"", "ana.gomez", "clara.paz"}) {
        assertSame(
            "POST",
            "/procedure/async",
            "Content-Type: " + type + "\r\n",
            person.isEmpty() ? token -> "" : token -> token,
            person,
            body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: text/html",
        "Accept: garbage",
        "Accept: a/b/c, text/plain",
        "Accept: ,",
        "Accept: application/json;q=0",
        "Accept-Language: en",
        "X-Forwarded-Host: evil.example",
        "Range: bytes=0-1",
        "If-None-Match: *",
        "Cookie: JSESSIONID=1",
        "Cookie: =",
        "Authorization: Basic YTpi",
        "Authorization: Bearer"
      })
  void headersOfEveryKind(String header) throws IOException {
    for (String path :
        List.of("/ping", "/jobs", "/nowhere", "/health/live", "/openapi", "/", "/ui/js/app.js")) {
      assertSame("GET", path, header + "\r\n", token -> "", "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/health/started", "/health"})
  void health(String path) throws IOException {
    assertSame("GET", path, "", token -> "", "");
  }

  /** What is told differs from one moment to the next; who may not read it is told the same. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST", "DELETE", "FOO"})
  void metricsToWhomMayNotReadThem(String method) throws IOException {
    String passedOn = "X-Forwarded-For: 203.0.113.9\r\n";
    assertSame(method, "/metrics", passedOn, token -> "", "");
    assertSame(method, "/metrics", passedOn, token -> token, "ana.gomez");
  }

  private static void assertSame(
      String method, String path, String headers, UnaryOperator<String> token, String person)
      throws IOException {
    assertSame(method, path, headers, token, person, "");
  }

  private static void assertSame(
      String method,
      String path,
      String headers,
      UnaryOperator<String> token,
      String person,
      String body)
      throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (ServiceProcess server : SERVERS) {
      String own = person.isEmpty() ? "" : tokenOf(server, person);
      String carried = token.apply(own);
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n%s%sContent-Length: %d\r\n\r\n%s"
              .formatted(
                  method,
                  path,
                  TRACE,
                  carried.isEmpty() ? "" : "Authorization: Bearer " + carried + "\r\n",
                  headers,
                  body.length(),
                  body);
      answers.add(answer(exchanged(server.port(), request)));
    }
    assertThat(answers.get(0))
        .as("%s %s %s as '%s': %s", method, path, headers.strip(), person, body)
        .isEqualTo(answers.get(1));
  }

  private static String tokenOf(ServiceProcess server, String person) {
    return TOKENS.computeIfAbsent(
        server.port() + person, key -> server.tokenOf(person).orElseThrow());
  }

  private static byte[] exchanged(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return socket.getInputStream().readAllBytes();
    }
  }

  private static Answer answer(byte[] wire) {
    String text = new String(wire, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    assertThat(end).as(text).isPositive();
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    boolean chunked = false;
    for (String line : List.of(lines).subList(1, lines.length)) {
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = line.substring(line.indexOf(':') + 1).strip();
      chunked |= name.equals("transfer-encoding") && value.equals("chunked");
      if (!OF_THE_CONNECTION.contains(name)) {
        headers.merge(name, value, (one, other) -> one + " | " + other);
      }
    }
    String rest = text.substring(end + 4);
    String body =
        new String(
            (chunked ? joined(rest) : rest).getBytes(StandardCharsets.ISO_8859_1),
            StandardCharsets.UTF_8);
    return new Answer(lines[0].split(" ")[1], headers, read(body));
  }

  private static String joined(String chunks) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = chunks.indexOf("\r\n", at);
      int size = Integer.parseInt(chunks.substring(at, line), 16);
      if (size == 0) {
        return whole.toString(StandardCharsets.ISO_8859_1);
      }
      whole.writeBytes(
          chunks.substring(line + 2, line + 2 + size).getBytes(StandardCharsets.ISO_8859_1));
      at = line + 2 + size + 2;
    }
  }

  /**
   * Of an object the order of its members is nobody's matter, nor is that of checks of health,
   * which no server promises; of tokens only that they are there.
   */
  private static Object read(String body) {
    if (!body.startsWith("{")) {
      return body;
    }
    try (JsonReader reader =
        Json.createReader(
            new StringReader(body.replaceAll("\"token\":\"[^\"]+\"", "\"token\":\"…\"")))) {
      JsonObject object = reader.readObject();
      return object.containsKey("checks")
          ? List.of(object.get("status"), Set.copyOf(object.getJsonArray("checks")))
          : object;
    }
  }
}
