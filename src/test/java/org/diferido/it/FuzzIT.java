package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is asked of any endpoint by anybody, the answer is one of the contract: no failure of
 * the server but an honest 503, none of its pages, nothing of its inside; and afterwards the
 * service works as before.
 *
 * <p>What is asked is HTTP, if strange: who sends what is none gets the server's own 400.
 */
class FuzzIT {

  private static final int REQUESTS = 20_000;

  private static final Set<String> PEOPLE =
      Set.of("ana.gomez", "diego.ruiz", "bruno.diaz", "clara.paz");

  /** What only the inside of the service, of its server or of its database has words for. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "<html|<!DOCTYPE|\\tat |Exception|org\\.(diferido|glassfish|jboss|hsqldb|apache)|"
              + "fish\\.payara|jdbc:|/tmp/|ASYNC_JOBS|-----BEGIN",
          Pattern.CASE_INSENSITIVE);

  /** WildFly refuses by itself, without a body, what no application is asked for. */
  private static final Set<Integer> WITHOUT_A_BODY = Set.of(400, 405, 414, 431, 501);

  /** What anybody may ask for. */
  private static final Pattern OPEN =
      Pattern.compile("(?i)/(ping|health|openapi|demo/tokens|ui)([/?;].*)?|/(\\?.*)?");

  /** The console, which has words of pages. */
  private static final Pattern PAGE = Pattern.compile("/(\\?.*)?|/ui/.*");

  /** So many answers of each kind there have to be, or nothing was asked that matters. */
  private static final Map<Integer, Integer> LEAST =
      Map.of(200, 500, 202, 200, 400, 200, 401, 1000, 403, 200, 404, 500, 405, 200, 422, 200);

  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":\"([0-9a-f]{32})\"");
  private static final Pattern JOB = Pattern.compile("<(\\d+)>");
  private static final int JOBS_KEPT = 40;

  private static final Map<Integer, Integer> SEEN = new TreeMap<>();

  /** The last jobs that were accepted. */
  private static final List<String> JOBS = new ArrayList<>();

  private static Path folder;
  private static ServiceProcess service;
  private static Wire wire;
  private static List<String> tokens;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory(Path.of("target"), "fuzz");
    service =
        ServiceProcess.demo(
            folder, Map.of("diferido.demo.seconds", "1", "diferido.queue.capacity", "200"));
    wire = new Wire(service.port());
    List<String> all = new ArrayList<>();
    for (String person : PEOPLE.stream().sorted().toList()) {
      service.tokenOf(person).ifPresent(all::add);
    }
    assertThat(all).hasSameSizeAs(PEOPLE);
    tokens = List.copyOf(all);
    Client ana = service.as("ana.gomez");
    for (String call : List.of(Calls.echo("a"), Calls.SEED, Calls.sleeping("600"))) {
      JOBS.add(ana.accepted(call));
    }
  }

  @AfterContainer
  static void stop() throws Exception {
    System.out.println("fuzz: answers " + SEEN);
    try (ServiceProcess asked = service;
        Wire closed = wire) {
      assertWorks();
    }
    assertThat(service.log()).doesNotContain("OutOfMemoryError", "StackOverflowError");
    LEAST.forEach(
        (status, least) ->
            assertThat(SEEN.getOrDefault(status, 0))
                .as("answers %s", status)
                .isGreaterThanOrEqualTo(least));
  }

  /** As a whole, within the time of anybody's patience. */
  private static void assertWorks() {
    Client ana = service.as("ana.gomez");
    await("the service to be ready")
        .atMost(Duration.ofMinutes(1))
        .until(() -> ana.get("/health/ready").status() == 200);
    String id =
        await("a place in the queue")
            .atMost(Duration.ofMinutes(2))
            .until(() -> ana.submit(Calls.echo("después")), answer -> answer.status() == 202)
            .json()
            .getString("job_id");
    assertThat(ana.ended(id).getString("status")).isEqualTo("completed");
  }

  /**
   * A request, without the token.
   *
   * @param path in which {@code <n>} stands for the nth of the jobs that there are
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, and never compared
  record Request(String method, String path, List<String> headers, byte[] body) {

    /** With the jobs that there are at this moment. */
    Request met() {
      String met =
          JOB.matcher(path).replaceAll(at -> JOBS.get(Integer.parseInt(at.group(1)) % JOBS.size()));
      return new Request(method, met, headers, body);
    }

    /** Payara takes no header that is not. */
    boolean isAscii() {
      return headers.stream().allMatch(line -> line.chars().allMatch(each -> each < 0x80));
    }

    boolean isOpen() {
      return OPEN.matcher(path).matches() || method.equalsIgnoreCase("OPTIONS");
    }

    byte[] bytes(String authorization) {
      StringBuilder head = new StringBuilder();
      head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
      headers.forEach(line -> head.append(line).append("\r\n"));
      head.append(authorization);
      if (body.length > 0
          || !Set.of("GET", "HEAD", "OPTIONS", "DELETE", "TRACE").contains(method)) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      whole.writeBytes(body);
      return whole.toByteArray();
    }

    @Override
    public String toString() {
      return method
          + " "
          + path
          + " "
          + headers
          + " "
          + new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  @Property(tries = REQUESTS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void everyAnswerIsOneOfTheContract(
      @ForAll("requests") Request generated, @ForAll("authorizations") Authorization who)
      throws IOException {
    Request request = generated.met();
    Wire.Answer answer = wire.exchange(request.method, request.bytes(who.header(tokens)));
    String seen = request + ": " + answer.status() + " " + answer.headers() + " " + answer.text();
    SEEN.merge(answer.status(), 1, Integer::sum);
    boolean isPage = answer.status() < 400 && PAGE.matcher(request.path).matches();
    String told = answer.headers() + (isPage ? "" : answer.text());
    assertThat(INSIDE.matcher(told).find()).as(seen).isFalse();
    if (!who.isKnown() && !request.isOpen()) {
      assertThat(answer.status()).as(seen).isGreaterThanOrEqualTo(400);
    }
    if (answer.status() >= 500 && !isRefusedMethod(answer)) {
      assertThat(answer.status()).as(seen).isEqualTo(503);
    }
    if (answer.status() >= 400) {
      assertIsAProblem(request, answer, seen);
    } else {
      assertThat(answer.header("x-content-type-options")).as(seen).isEqualTo("nosniff");
      Matcher job = JOB_ID.matcher(answer.text());
      if (answer.status() == 202 && job.find()) {
        remember(job.group(1));
      }
    }
  }

  private static void remember(String job) {
    JOBS.add(job);
    if (JOBS.size() > JOBS_KEPT) {
      JOBS.remove(0);
    }
  }

  private static void assertIsAProblem(Request request, Wire.Answer answer, String seen) {
    if (request.path.startsWith("/health") && answer.status() == 503) {
      assertThat(answer.header("content-type")).as(seen).isEqualTo("application/json");
      return;
    }
    if (answer.body().length == 0) {
      boolean isHead = request.method.equalsIgnoreCase("HEAD");
      boolean isTheServers =
          ServerCommand.isWildFly()
              ? WITHOUT_A_BODY.contains(answer.status())
              : answer.status() == 400 && !request.isAscii();
      assertThat(isHead || isTheServers).as(seen).isTrue();
      return;
    }
    assertThat(answer.header("content-type")).as(seen).isEqualTo("application/problem+json");
    assertThat(answer.header("x-content-type-options")).as(seen).isEqualTo("nosniff");
    if (answer.status() == 503 || answer.status() == 429) {
      assertThat(answer.header("retry-after")).as(seen).matches("\\d+");
    }
    if (answer.status() == 401) {
      assertThat(answer.header("www-authenticate")).as(seen).startsWith("Bearer");
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.text()))) {
      JsonObject problem = reader.readObject();
      assertThat(problem.getInt("status")).as(seen).isEqualTo(answer.status());
      assertThat(problem.getString("code")).as(seen).matches("[A-Z_0-9-]+");
      assertThat(problem.getString("trace_id")).as(seen).matches("[0-9a-f]{32}");
      assertThat(problem.getString("error")).as(seen).isEqualTo(problem.getString("detail"));
    }
  }

  /** A method that no server knows: 501 (RFC 9110, section 9.1). */
  private static boolean isRefusedMethod(Wire.Answer answer) {
    return answer.status() == 501;
  }

  /**
   * Who asks.
   *
   * @param person of those who have a token; more than there are, and there is none
   * @param change what is done to it
   */
  record Authorization(int person, String change) {

    boolean isKnown() {
      return person < PEOPLE.size() && change.isEmpty();
    }

    String header(List<String> tokens) {
      if (person >= tokens.size()) {
        return change.isEmpty() ? "" : "Authorization: " + change + "\r\n";
      }
      String token = tokens.get(person);
      if (!change.isEmpty()) {
        int at = Math.floorMod(change.hashCode(), token.length());
        token = token.substring(0, at) + change + token.substring(at);
      }
      return "Authorization: Bearer " + token + "\r\n";
    }
  }

  @Provide
  Arbitrary<Authorization> authorizations() {
    Arbitrary<String> change =
        Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.just("")), Tuple.of(1, visible(30)));
    return Combinators.combine(Arbitraries.integers().between(0, 5), change).as(Authorization::new);
  }

  @Provide
  Arbitrary<Request> requests() {
    Arbitrary<Request> strange =
        Combinators.combine(methods(), targets(), headers(), bodies()).as(Request::new);
    return Arbitraries.frequencyOf(Tuple.of(3, strange), Tuple.of(2, likely()));
  }

  /** Requests whose parts fit each other, and of which only one value may be anything. */
  private static Arbitrary<Request> likely() {
    List<String> json = List.of("Content-Type: application/json");
    Arbitrary<String> job =
        Arbitraries.integers().between(0, JOBS_KEPT).map(n -> "/jobs/<" + n + ">");
    Arbitrary<Request> submits =
        fitting()
            .map(
                call ->
                    new Request(
                        "POST", "/procedure/async", json, call.getBytes(StandardCharsets.UTF_8)));
    Arbitrary<Request> looks =
        Combinators.combine(
                Arbitraries.of("GET", "HEAD"), job, Arbitraries.of("", "?numbers=string"))
            .as((method, path, query) -> new Request(method, path + query, List.of(), new byte[0]));
    Arbitrary<Request> changes =
        Combinators.combine(job, Arbitraries.of("/cancel", "/retry"))
            .as((path, change) -> new Request("POST", path + change, List.of(), new byte[0]));
    Arbitrary<Request> removals =
        job.map(path -> new Request("DELETE", path, List.of(), new byte[0]));
    Arbitrary<Request> lists =
        queries().map(query -> new Request("GET", "/jobs" + query, List.of(), new byte[0]));
    return Arbitraries.frequencyOf(
        Tuple.of(6, submits),
        Tuple.of(6, looks),
        Tuple.of(3, changes),
        Tuple.of(1, removals),
        Tuple.of(2, lists));
  }

  private static Arbitrary<String> methods() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just("GET")),
        Tuple.of(8, Arbitraries.just("POST")),
        Tuple.of(3, Arbitraries.just("DELETE")),
        Tuple.of(3, Arbitraries.of("HEAD", "OPTIONS", "PUT", "PATCH", "get", "Post")),
        Tuple.of(1, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12)));
  }

  /** Visible ASCII without what ends a part of a request. */
  private static Arbitrary<String> visible(int longest) {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(longest);
  }

  private static Arbitrary<String> targets() {
    Arbitrary<String> known =
        Arbitraries.of(
            "/ping",
            "/jobs",
            "/jobs",
            "/procedure/async",
            "/procedure/async",
            "/procedure/async",
            "/procedure/async",
            "/health",
            "/health/live",
            "/health/ready",
            "/health/started",
            "/openapi",
            "/demo/tokens",
            "/jobs/summary",
            "/system",
            "/ui/config",
            "/ui/{}",
            "/ui/{}/js/{}",
            "/jobs/{}",
            "/jobs/{}",
            "/jobs/{}",
            "/jobs/{}/cancel",
            "/jobs/{}/retry",
            "/jobs/{}/results",
            "/jobs/{}/results/{}",
            "/",
            "/{}",
            "/jobs/{}/{}",
            "/{}/{}");
    Arbitrary<String> segment =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.integers().between(0, JOBS_KEPT).map(n -> "<" + n + ">")),
            Tuple.of(1, Arbitraries.strings().withChars("0123456789abcdef").ofLength(32)),
            Tuple.of(2, Arbitraries.strings().ofMaxLength(12).map(FuzzIT::encoded)),
            Tuple.of(
                2,
                Arbitraries.of(
                    "..", ".", "%2e%2e", "%2f", "%00", "%c3%b1", "%ff", "a;b=c", "%25", "*", "~")),
            Tuple.of(
                1, Arbitraries.strings().alpha().numeric().ofMinLength(500).ofMaxLength(3000)));
    Arbitrary<String> query =
        Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just("")), Tuple.of(2, queries()));
    return Combinators.combine(known, segment, segment, query)
        .as(
            (path, one, other, asked) ->
                path.replaceFirst("\\{}", Matcher.quoteReplacement(one)).replace("{}", other)
                    + asked);
  }

  private static Arbitrary<String> queries() {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(
            Tuple.of(
                9,
                Arbitraries.of(
                    "limit",
                    "cursor",
                    "status",
                    "state",
                    "older_than",
                    "validate_only",
                    "wait",
                    "numbers",
                    "format",
                    "owner",
                    "q",
                    "label",
                    "procedure",
                    "created_after")),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(8).map(FuzzIT::encoded)));
    Arbitrary<String> value =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("completed", "failed", "running,pending", "true", "string")),
            Tuple.of(3, Arbitraries.longs().map(Object::toString)),
            Tuple.of(3, Arbitraries.strings().ofMaxLength(20).map(FuzzIT::encoded)));
    return Combinators.combine(name, value)
        .as((one, other) -> one + "=" + other)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(all -> "?" + String.join("&", all));
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02x", each & 0xff));
    }
    return encoded.toString();
  }

  private static Arbitrary<List<String>> headers() {
    Arbitrary<String> name =
        Arbitraries.of(
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "Accept-Charset",
            "Content-Type",
            "Content-Encoding",
            "Idempotency-Key",
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "Prefer",
            "traceparent",
            "Origin",
            "Access-Control-Request-Method",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "Range",
            "If-Range",
            "Last-Event-ID",
            "Cookie",
            "X-HTTP-Method-Override",
            "Expect-CT");
    Arbitrary<String> value =
        Arbitraries.frequencyOf(
            Tuple.of(
                4,
                Arbitraries.of(
                    "application/json",
                    "*/*",
                    "text/html",
                    "es-ES,es;q=0.9,en;q=0.8",
                    "wait=0",
                    "bytes=0-1",
                    "\"1\"",
                    "text/event-stream",
                    "application/json;charset=utf-16")),
            Tuple.of(3, visible(40)),
            Tuple.of(
                1,
                Arbitraries.strings()
                    .withCharRange(' ', 'ÿ')
                    .ofMaxLength(40)
                    .map(FuzzIT::printable)),
            Tuple.of(1, visible(40).map(text -> text.repeat(60))));
    Arbitrary<String> line =
        Combinators.combine(name, value).as((one, other) -> one + ": " + other);
    Arbitrary<String> json = Arbitraries.of("Content-Type: application/json", "Accept: */*");
    return Combinators.combine(json, line.list().ofMaxSize(4))
        .as(
            (first, others) -> {
              List<String> all = new ArrayList<>();
              all.add(first);
              all.addAll(others);
              return all;
            });
  }

  private static String printable(String text) {
    return text.replaceAll("[\\x7f-\\x9f]", "").strip();
  }

  private static Arbitrary<byte[]> bodies() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just(new byte[0])),
        Tuple.of(6, calls().map(text -> text.getBytes(StandardCharsets.UTF_8))),
        Tuple.of(2, jsons(3).map(text -> text.getBytes(StandardCharsets.UTF_8))),
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(200)),
        Tuple.of(
            1,
            Arbitraries.integers()
                .between(1, 3000)
                .map(depth -> "[".repeat(depth).getBytes(StandardCharsets.UTF_8))));
  }

  /** Calls that are almost right. */
  private static Arbitrary<String> calls() {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(
            Tuple.of(
                6,
                Arbitraries.of(
                    "\"PROC_TEST\"",
                    "\"SUMA\"",
                    "\"PROC_TEST_ERROR\"",
                    "\"PKG_ETL.PROCESO_LARGO\"")),
            Tuple.of(2, jsons(1)));
    Arbitrary<String> member =
        Arbitraries.of(
            "schema",
            "isFunction",
            "timeout_seconds",
            "start_before",
            "labels",
            "callback_url",
            "name",
            "params",
            "x");
    Arbitrary<String> parameter =
        Combinators.combine(
                Arbitraries.of("name", "value", "direction", "type"),
                Arbitraries.frequencyOf(
                    Tuple.of(
                        3,
                        Arbitraries.of(
                            "\"p_input\"",
                            "\"p_output\"",
                            "\"OUT\"",
                            "\"IN\"",
                            "\"number\"",
                            "\"string\"")),
                    Tuple.of(2, jsons(2))))
            .as((one, other) -> "\"" + one + "\":" + other)
            .list()
            .ofMaxSize(4)
            .map(all -> "{" + String.join(",", all) + "}");
    Arbitrary<String> more =
        Combinators.combine(member, jsons(2))
            .as((one, other) -> ",\"" + one + "\":" + other)
            .list()
            .ofMaxSize(2)
            .map(all -> String.join("", all));
    Arbitrary<String> strange =
        Combinators.combine(name, parameter.list().ofMaxSize(3), more)
            .as(
                (one, parameters, others) ->
                    "{\"name\":"
                        + one
                        + ",\"params\":["
                        + String.join(",", parameters)
                        + "]"
                        + others
                        + "}");
    return Arbitraries.frequencyOf(Tuple.of(2, strange), Tuple.of(2, fitting()));
  }

  /** Calls of the demo's procedures, whose values are those that come, and may fit or not. */
  private static Arbitrary<String> fitting() {
    Arbitrary<String> form =
        Arbitraries.of(
            "{'name':'PROC_TEST','params':[{'name':'p_input','value':%s}]}",
            "{'name':'SUMA','isFunction':true,'params':[{'name':'a','value':%s},{'name':'b','value':1}]}",
            "{'name':'PROC_TEST_ERROR','params':[{'name':'p_should_fail','value':%s}]}",
            "{'name':'PKG_ETL.PROCESO_LARGO','params':[{'name':'vFECHA','value':%s}]}",
            "{'name':'PROC_TEST_INOUT','params':[{'name':'p_valor','value':%s},{'name':'p_factor','value':2}]}",
            "{'name':'PKG_REPORTES.GENERAR_MENSUAL','params':[{'name':'vMES','value':%s},{'name':'vANIO','value':2025}]}",
            "{'name':'PROC_TEST_CLAVE','params':[{'name':'p_usuario','value':'ana'},{'name':'p_clave','value':%s}]}",
            "{'name':'PROC_TEST','params':[{'name':'p_input','value':'x'}],'labels':{'cierre':%s}}",
            "{'name':'PROC_TEST','params':[{'name':'p_input','value':'x'}],'timeout_seconds':%s}",
            "{'name':'PROC_TEST','params':[{'name':'p_input','value':'x'}],'start_before':%s}");
    Arbitrary<String> value =
        Arbitraries.frequencyOf(
            Tuple.of(3, jsons(1)),
            Tuple.of(3, Arbitraries.of("1", "12", "\"a\"", "\"2025-12-10\"", "null")));
    return Combinators.combine(form, value)
        .as((one, other) -> one.replace("'", "\"").replace("%s", other));
  }

  private static Arbitrary<String> jsons(int depth) {
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            Arbitraries.of("null", "true", "false", "0", "-0", "1e400", "1E-400", "1.0", "\"\""),
            Arbitraries.bigDecimals().map(Object::toString),
            Arbitraries.strings().ofMaxLength(30).map(FuzzIT::quoted),
            Arbitraries.of("\"2025-12-10\"", "\"10/12/2025\"", "\"\\ud800\"", "\"\\u0000\""));
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> jsons(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(5, scalar),
        Tuple.of(1, inner.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]")),
        Tuple.of(
            1,
            Combinators.combine(Arbitraries.strings().ofMaxLength(8).map(FuzzIT::quoted), inner)
                .as((one, other) -> one + ":" + other)
                .list()
                .ofMaxSize(3)
                .map(all -> "{" + String.join(",", all) + "}")));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      json.append(
          each < ' ' || each == '"' || each == '\\' || Character.isSurrogate(each)
              ? String.format("\\u%04x", (int) each)
              : "" + each);
    }
    return json.append('"').toString();
  }
}
