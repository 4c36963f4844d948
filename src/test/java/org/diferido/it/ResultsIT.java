package org.diferido.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.diferido.result.format.Spreadsheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs gave back, as files over HTTP, black-box. */
class ResultsIT {

  private static final int MANY = 20_000;
  private static final int PIECES = 100_000;
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final String ROWS = "result_set_1";

  @TempDir static Path folder;
  private static ServiceProcess service;
  private static Client ana;
  private static Client diego;
  private static Client bruno;

  /** A job of many rows, and where they are. */
  private static String many;

  /** One of few rows. */
  private static String few;

  /** One of a file and a long text. */
  private static String files;

  @BeforeAll
  static void start() throws Exception {
    service = ServiceProcess.demo(folder, Map.of("diferido.result.max-bytes", "30000000"));
    ana = service.as("ana.gomez");
    diego = service.as("diego.ruiz");
    bruno = service.as("bruno.diaz");
    many = completed(rows(MANY));
    few = completed(rows(5));
    files = completed(pieces(PIECES));
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  private static String rows(int count) {
    return """
        {"name":"PKG_REPORTES.GENERAR_GRANDE","params":[{"name":"vFILAS","value":%d}]}"""
        .formatted(count);
  }

  private static String pieces(int count) {
    return """
        {"name":"PKG_REPORTES.ARCHIVO","params":[{"name":"vPIEZAS","value":%d}]}"""
        .formatted(count);
  }

  private static String completed(String body) {
    JsonObject job = ana.ended(ana.accepted(body));
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    return job.getString("id");
  }

  private static String path(String job, String name) {
    return "/jobs/" + job + "/results/" + name;
  }

  /** An answer as bytes. */
  private static HttpResponse<byte[]> bytes(String path, String... headers) {
    return sent("GET", path, headers);
  }

  private static HttpResponse<byte[]> sent(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ana.base() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofMinutes(1))
            .header("Authorization", "Bearer " + ana.token());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** The media type and its parameters: servers write them in another order, or with blanks. */
  private static Set<String> type(HttpResponse<?> answer) {
    return Arrays.stream(header(answer, "content-type").toLowerCase(Locale.ROOT).split(";"))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  // What there is

  @Test
  void theJobTellsTheFirstRowsHowManyThereAreAndWhereAllOfThemAre() {
    JsonObject job = ana.job(many);
    JsonObject rows = job.getJsonObject("result").getJsonObject(ROWS);
    assertThat(rows.getJsonArray("rows")).hasSize(1000);
    assertThat(rows.getInt("row_count")).isEqualTo(MANY);
    assertThat(rows.getBoolean("truncated")).isTrue();
    assertThat(rows.getString("link")).isEqualTo(path(many, ROWS));
    assertThat(rows.toString()).doesNotContain("stored");
    assertThat(job.getJsonObject("links").getString("results"))
        .isEqualTo("/jobs/" + many + "/results");
  }

  @Test
  void aFileAndALongTextAreALinkAndASize() {
    JsonObject result = ana.job(files).getJsonObject("result");
    String line = "línea con ñ € 😀\n";
    assertThat(result.getJsonObject("VARCHIVO").toString())
        .isEqualTo(
            "{\"link\":\"%s\",\"size\":%d,\"content_type\":\"application/octet-stream\"}"
                .formatted(path(files, "VARCHIVO"), 16 * PIECES));
    assertThat(result.getJsonObject("VTEXTO").toString())
        .isEqualTo(
            "{\"link\":\"%s\",\"size\":%d,\"content_type\":\"text/plain\"}"
                .formatted(path(files, "VTEXTO"), line.getBytes(UTF_8).length * PIECES));
  }

  @Test
  void fewRowsHaveNoLinkAndAreAFileAllTheSame() {
    JsonObject rows = ana.job(few).getJsonObject("result").getJsonObject(ROWS);
    assertThat(rows).doesNotContainKeys("link", "truncated");
    assertThat(rows.getJsonArray("rows")).hasSize(5);
    Client.Answer csv = ana.get(path(few, ROWS) + "?format=csv");
    assertThat(csv.status()).isEqualTo(200);
    assertThat(csv.text()).startsWith("FILA,TEXTO,IMPORTE,FECHA\r\n1,'+34 600 000 1,");
  }

  @Test
  void aShortTextIsATextInTheResultAndAFileAllTheSame() {
    String job = completed(pieces(2));
    assertThat(ana.job(job).getJsonObject("result").getString("VTEXTO"))
        .isEqualTo("línea con ñ € 😀\n".repeat(2));
    HttpResponse<byte[]> text = bytes(path(job, "VTEXTO"));
    assertThat(new String(text.body(), UTF_8)).isEqualTo("línea con ñ € 😀\n".repeat(2));
    assertThat(type(text)).containsExactlyInAnyOrder("text/plain", "charset=utf-8");
    assertThat(bytes(path(job, "VARCHIVO")).body()).hasSize(32);
  }

  @Test
  void aListOfJobsLeavesALongResultOutAndSaysSo() {
    String job = completed(rows(900));
    JsonObject listed = ana.get("/jobs?limit=1").json().getJsonArray("jobs").getJsonObject(0);
    assertThat(listed.getString("id")).isEqualTo(job);
    assertThat(listed.getBoolean("result_omitted")).isTrue();
    assertThat(listed).doesNotContainKey("result");
    assertThat(ana.get(listed.getJsonObject("links").getString("results")).status()).isEqualTo(200);
    JsonObject whole = ana.get(listed.getJsonObject("links").getString("self")).json();
    assertThat(whole).containsKey("result").doesNotContainKey("result_omitted");
  }

  @Test
  void allResultsAreListed() {
    Client.Answer list = ana.get("/jobs/" + files + "/results");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().getJsonArray("results"))
        .extracting(each -> each.asJsonObject().getString("name"))
        .containsExactly("VARCHIVO", "VTEXTO");
    JsonObject rows =
        ana.get("/jobs/" + many + "/results").json().getJsonArray("results").getJsonObject(0);
    assertThat(rows.getInt("row_count")).isEqualTo(MANY);
    for (Map.Entry<String, JsonValue> link : rows.getJsonObject("links").entrySet()) {
      String target = link.getValue().toString().replace("\"", "");
      assertThat(sent("HEAD", target).statusCode()).as(target).isEqualTo(200);
    }
  }

  // Forms

  @Test
  void csvHasAllRowsAndNoFormula() {
    HttpResponse<byte[]> csv = bytes(path(many, ROWS), "Accept", "text/csv");
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(type(csv)).containsExactlyInAnyOrder("text/csv", "charset=utf-8", "header=present");
    assertThat(header(csv, "content-length")).isEqualTo("" + csv.body().length);
    assertThat(header(csv, "content-disposition"))
        .isEqualTo(
            "attachment; filename=\"%1$s\"; filename*=UTF-8''%1$s"
                .formatted(ROWS + "-" + many.substring(0, 8) + ".csv"));
    assertThat(header(csv, "x-content-type-options")).isEqualTo("nosniff");
    String text = new String(csv.body(), UTF_8);
    assertThat(text)
        .contains(
            "\"'=HYPERLINK(\"\"http://ejemplo.invalid\"\",\"\"9\"\")\"",
            ",'-2,",
            ",'@SUM(A1:A3),",
            "\"coma, \"\"comillas\"\"\r\ny otra línea 4\"",
            ",\"\",")
        .doesNotContain(",=", ",@", ",+");
    // A negative amount is a number, and stays one.
    assertThat(text).containsPattern(",-\\d+\\.\\d+,2025-");
    assertThat(text.split("\r\n(?=\\d+,)")).hasSize(MANY + 1);
  }

  @Test
  void ndjsonHasAnObjectForEachRow() {
    HttpResponse<byte[]> answer = bytes(path(many, ROWS) + "?format=ndjson");
    assertThat(header(answer, "content-type")).isEqualTo("application/x-ndjson");
    String[] lines = new String(answer.body(), UTF_8).split("\n");
    assertThat(lines).hasSize(MANY);
    assertThat(lines[0]).startsWith("{\"FILA\":1,\"TEXTO\":\"+34 600 000 1\",\"IMPORTE\":-9920.81");
    assertThat(lines[7]).contains("\"TEXTO\":null");
    assertThat(lines[MANY - 1]).startsWith("{\"FILA\":" + MANY + ",");
    HttpResponse<byte[]> texts = bytes(path(many, ROWS) + "?format=ndjson&numbers=string");
    assertThat(new String(texts.body(), UTF_8)).startsWith("{\"FILA\":\"1\",");
    assertThat(header(texts, "accept-ranges")).isEqualTo("none");
  }

  @Test
  void xlsxHasAllRowsAndNoFormula() throws IOException {
    HttpResponse<byte[]> answer = bytes(path(many, ROWS), "Accept", XLSX);
    assertThat(header(answer, "content-type")).isEqualTo(XLSX);
    assertThat(header(answer, "accept-ranges")).isEqualTo("none");
    assertThat(header(answer, "etag")).startsWith("W/\"");
    Spreadsheet book = Spreadsheet.read(answer.body());
    assertThat(book.xml()).doesNotContain("<f>");
    List<List<Object>> lines = book.sheet(1);
    assertThat(lines).hasSize(MANY + 1);
    assertThat(lines.get(0)).containsExactly("FILA", "TEXTO", "IMPORTE", "FECHA");
    assertThat(lines.get(9).get(1)).isEqualTo("=HYPERLINK(\"http://ejemplo.invalid\",\"9\")");
    assertThat(lines.get(4).get(1)).isEqualTo("coma, \"comillas\"\r\ny otra línea 4");
    assertThat(lines.get(6).get(1)).isEqualTo(" <b>&amp;</b> ");
  }

  @Test
  void jsonPagesLoseAndDoubleNothing() {
    List<Integer> numbers = new ArrayList<>();
    String next = path(many, ROWS) + "?limit=7777";
    int pages = 0;
    while (next != null) {
      Client.Answer page = ana.get(next);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      assertThat(page.json().getInt("row_count")).isEqualTo(MANY);
      page.json()
          .getJsonArray("rows")
          .forEach(row -> numbers.add(row.asJsonObject().getInt("FILA")));
      String link = page.header("link");
      next = link.isEmpty() ? null : link.replaceFirst("<([^>]*)>; rel=\"next\"", "$1");
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(numbers).hasSize(MANY).doesNotHaveDuplicates().isSorted();
    assertThat(ana.get(path(many, ROWS)).json().getJsonArray("rows")).hasSize(1000);
    assertThat(
            ana.get(path(few, ROWS) + "?numbers=string")
                .json()
                .getJsonArray("rows")
                .getJsonObject(0)
                .getString("FILA"))
        .isEqualTo("1");
  }

  @Test
  void aFileIsAsItWas() {
    HttpResponse<byte[]> file = bytes(path(files, "VARCHIVO"));
    assertThat(header(file, "content-type")).isEqualTo("application/octet-stream");
    assertThat(file.body())
        .isEqualTo(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(PIECES)));
    HttpResponse<byte[]> text = bytes(path(files, "VTEXTO"));
    assertThat(new String(text.body(), UTF_8)).isEqualTo("línea con ñ € 😀\n".repeat(PIECES));
  }

  // Parts

  @ParameterizedTest
  @ValueSource(strings = {"result_set_1?format=csv", "result_set_1?format=ndjson"})
  void aDownloadThatIsResumedIsTheSameAsAWholeOne(String asked) {
    resumed(path(many, asked));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARCHIVO", "VTEXTO"})
  void aFileThatIsResumedIsTheSameAsAWholeOne(String name) {
    resumed(path(files, name));
  }

  private static void resumed(String path) {
    HttpResponse<byte[]> whole = bytes(path);
    String tag = header(whole, "etag");
    assertThat(tag).startsWith("\"");
    assertThat(header(whole, "accept-ranges")).isEqualTo("bytes");
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    Random random = new Random(3);
    while (parts.size() < whole.body().length) {
      int to = parts.size() + random.nextInt(300_000);
      String range = "bytes=" + parts.size() + "-" + (random.nextInt(5) == 0 ? "" : to);
      HttpResponse<byte[]> part = bytes(path, "Range", range, "If-Range", tag);
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(header(part, "etag")).isEqualTo(tag);
      assertThat(header(part, "content-length")).isEqualTo("" + part.body().length);
      assertThat(header(part, "content-range"))
          .isEqualTo(
              "bytes %d-%d/%d"
                  .formatted(
                      parts.size(), parts.size() + part.body().length - 1, whole.body().length));
      // As if the connection had been lost in the middle.
      parts.writeBytes(Arrays.copyOf(part.body(), (part.body().length + 1) / 2));
    }
    assertThat(parts.toByteArray()).isEqualTo(whole.body());
  }

  @Test
  void aRangeOfAnotherFileThanTheClientHasIsTheWholeFile() {
    String path = path(many, ROWS) + "?format=csv";
    byte[] whole = bytes(path).body();
    for (String other : List.of("\"other\"", "Wed, 21 Oct 2015 07:28:00 GMT")) {
      HttpResponse<byte[]> answer = bytes(path, "Range", "bytes=5-9", "If-Range", other);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(whole);
    }
    HttpResponse<byte[]> last = bytes(path, "Range", "bytes=-10");
    assertThat(last.statusCode()).isEqualTo(206);
    assertThat(last.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 10, whole.length));
    for (String odd : List.of("bytes=a-b", "bytes=9-5", "rows=0-1", "bytes=0-1,3-4")) {
      assertThat(bytes(path, "Range", odd).statusCode()).as(odd).isEqualTo(200);
    }
  }

  @Test
  void aRangeBehindTheEndIs416AndSaysHowLongTheFileIs() {
    int length = bytes(path(files, "VARCHIVO")).body().length;
    Client.Answer answer = ana.get(path(files, "VARCHIVO"), "Range", "bytes=" + length + "-");
    assertThat(answer.problem(416).getString("code")).isEqualTo("RANGE_NOT_SATISFIABLE");
    assertThat(answer.header("content-range")).isEqualTo("bytes */" + length);
  }

  @Test
  void whoHasAFileIsToldThatItIsTheSame() {
    for (String path :
        List.of(
            path(many, ROWS),
            path(many, ROWS) + "?format=csv",
            path(many, ROWS) + "?format=xlsx",
            path(few, ROWS) + "?format=ndjson",
            path(files, "VARCHIVO"))) {
      HttpResponse<byte[]> first = bytes(path);
      HttpResponse<byte[]> again = bytes(path, "If-None-Match", header(first, "etag"));
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "etag")).isEqualTo(header(first, "etag"));
      assertThat(header(first, "cache-control")).contains("no-cache").contains("private");
      assertThat(header(first, "vary")).containsIgnoringCase("accept");
    }
    assertThat(header(bytes(path(many, ROWS) + "?format=csv"), "etag"))
        .isNotEqualTo(header(bytes(path(few, ROWS) + "?format=csv"), "etag"))
        .isNotEqualTo(header(bytes(path(many, ROWS) + "?format=ndjson"), "etag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson", "csv", "xlsx"})
  void aHeadSaysWhatAGetWould(String format) {
    String path = path(many, ROWS) + "?format=" + format;
    HttpResponse<byte[]> get = bytes(path);
    HttpResponse<byte[]> head = sent("HEAD", path, "Range", "bytes=0-1");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(type(head)).isEqualTo(type(get));
    for (String name : List.of("etag", "content-disposition", "accept-ranges")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
    }
    if (!format.equals("xlsx")) {
      assertThat(header(head, "content-length")).isEqualTo("" + get.body().length);
    }
  }

  // Refusals

  @ParameterizedTest
  @CsvSource({
    "text/html, ''",
    "application/json, ?format=pdf",
    "image/png;q=1, ''",
    "application/json, ?format=text"
  })
  void aFormThatThereIsNotIs406AndSaysWhichThereAre(String accept, String query) {
    JsonObject problem = ana.get(path(many, ROWS) + query, "Accept", accept).problem(406);
    assertThat(problem.getString("code")).isEqualTo("NOT_ACCEPTABLE");
    assertThat(problem.getString("error")).contains("text/csv", "application/x-ndjson");
  }

  @Test
  void theQueryGoesBeforeTheHeader() {
    assertThat(
            header(bytes(path(few, ROWS) + "?format=csv", "Accept", "text/html"), "content-type"))
        .startsWith("text/csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=10001",
        "?limit=x",
        "?cursor=x",
        "?cursor=cjk5OTk5OTk5OTk",
        "?numbers=x",
        "?format=csv&limit=10",
        "?format=csv&cursor=cjE",
        "?format=csv&format=json"
      })
  void whatCannotBeMeantIs400(String query) {
    assertThat(ana.get(path(many, ROWS) + query).problem(400).getString("code"))
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void somebodyElsesResultsAreNotThereAndAnOperatorSeesThem() {
    for (String path : List.of("/jobs/" + many + "/results", path(many, ROWS))) {
      assertThat(diego.get(path).problem(404).getString("code")).isEqualTo("JOB_NOT_FOUND");
      service.client(null).get(path).problem(401);
      assertThat(bruno.get(path).status()).isEqualTo(200);
    }
  }

  @Test
  void whatThereIsNotIs404() {
    for (String name : List.of("nada", "@9", "%2e%2e", "result_set_2")) {
      ana.get(path(many, name)).problem(404);
    }
    ana.get(path("0".repeat(32), ROWS)).problem(404);
    ana.delete(path(many, ROWS)).problem(405);
  }

  @Test
  void aJobThatRunsHasNoResultsYet() {
    String id = ana.accepted(Calls.sleeping("600"));
    for (String path : List.of("/jobs/" + id + "/results", path(id, ROWS))) {
      assertThat(ana.get(path).problem(409).getString("code")).isEqualTo("RESULT_NOT_READY");
    }
    ana.post("/jobs/" + id + "/cancel");
    ana.ended(id);
    assertThat(ana.get("/jobs/" + id + "/results").json()).hasToString("{\"results\":[]}");
    assertThat(ana.get(path(id, ROWS)).problem(404).getString("code"))
        .isEqualTo("RESULT_NOT_FOUND");
  }

  @Test
  void aNameThatCannotStandInAPathIsFoundByItsLink() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PROC_TEST","params":[{"name":"x","value":"a"},
                {"name":"y/../z;a=b?c","direction":"OUT"}]}"""));
    String link =
        ana.get("/jobs/" + job.getString("id") + "/results")
            .json()
            .getJsonArray("results")
            .getJsonObject(0)
            .getJsonObject("links")
            .getString("self");
    HttpResponse<byte[]> file = bytes(link);
    assertThat(new String(file.body(), UTF_8)).isEqualTo("Procesado: a");
    assertThat(header(file, "content-disposition"))
        .doesNotContain("/", ";a")
        .startsWith("attachment; filename=\"y_.._z_a_b_c-");
  }

  @Test
  void aSecretIsNotStoredHoweverLargeItIs() {
    JsonObject job =
        ana.ended(
            ana.accepted(
                """
                {"name":"PKG_REPORTES.ARCHIVO","params":[{"name":"a","value":50000},
                {"name":"mi_clave","direction":"OUT"},{"name":"mi_token","direction":"OUT"}]}"""));
    assertThat(job.getJsonObject("result"))
        .hasToString("{\"mi_clave\":\"***\",\"mi_token\":\"***\"}");
    assertThat(bytes(path(job.getString("id"), "mi_token")).body())
        .isEqualTo("***".getBytes(UTF_8));
  }

  @Test
  void moreThanAJobMayHaveFailsItAndSaysTheLimit() {
    JsonObject job = ana.ended(ana.accepted(pieces(1_000_000)));
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("RESULT_TOO_LARGE");
    assertThat(job.getString("error")).contains("30000000");
  }

  // Removal

  @Test
  void theResultsGoWithTheJob() {
    String job = completed(rows(5000));
    assertThat(ana.get(path(job, ROWS)).status()).isEqualTo(200);
    assertThat(ana.delete("/jobs/" + job).status()).isEqualTo(200);
    assertThat(ana.get(path(job, ROWS)).problem(404).getString("code")).isEqualTo("JOB_NOT_FOUND");
  }

  /** Half a file that looked whole would be worse than none. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "ndjson", "xlsx"})
  void aDownloadWhoseEndIsGoneBreaksOff(String format) throws Exception {
    String job = completed(rows(200_000));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ana.base() + path(job, ROWS) + "?format=" + format))
            .header("Authorization", "Bearer " + ana.token())
            .build();
    HttpResponse<InputStream> answer = HTTP.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (InputStream body = answer.body()) {
      assertThat(body.readNBytes(1000)).hasSize(1000);
      assertThat(ana.delete("/jobs/" + job).status()).isEqualTo(200);
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
    await().untilAsserted(() -> assertThat(ana.get("/ping").status()).isEqualTo(200));
  }
}
