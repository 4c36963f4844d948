package org.diferido.sso;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.it.ServiceProcess;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak as an administrator starts it to try it, with the realm of {@code
 * server-config/keycloak}, people that are made here, and everything in memory. What is asked of it
 * goes over its own HTTP interfaces (OpenID Connect, and Keycloak's Admin REST API).
 */
final class Keycloak implements AutoCloseable {

  static final String CONSOLE = "diferido-console";
  static final String BATCH = "diferido-batch";

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final String ADMIN = "admin";
  private static final String REDIRECT = "http://localhost:8080/";
  private static final Pattern FORM = Pattern.compile("<form[^>]+action=\"([^\"]+)\"");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final String base;
  private final String password = random();

  /** Starts it on a port of the loopback, and waits until it knows its realm. */
  Keycloak(Path home) throws IOException {
    int port = ServiceProcess.freePort();
    base = "http://localhost:" + port;
    log = Files.createTempFile(Path.of("target"), "keycloak-", ".log");
    Path realms = Files.createDirectories(home.resolve("data/import"));
    Files.copy(
        Path.of("server-config/keycloak/realm.json"),
        realms.resolve("diferido-realm.json"),
        StandardCopyOption.REPLACE_EXISTING);
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx512m");
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroy));
    await("Keycloak, see " + log)
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .failFast("Keycloak ended, see " + log, () -> !process.isAlive())
        .until(() -> get(issuer() + "/.well-known/openid-configuration").statusCode() == 200);
  }

  /** As it is in the tokens' {@code iss}. */
  String issuer() {
    return base + "/realms/diferido";
  }

  String keysAddress() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  /** What the service has to be told to accept its tokens. */
  Map<String, String> environment() {
    return Map.of(
        "MP_JWT_VERIFY_ISSUER", issuer(),
        "MP_JWT_VERIFY_AUDIENCES", "diferido",
        "MP_JWT_VERIFY_PUBLICKEY_LOCATION", keysAddress());
  }

  /** Makes somebody, in groups of the realm. */
  void hire(String person, String... groups) throws Exception {
    JsonObjectBuilder user =
        Json.createObjectBuilder()
            .add("username", person)
            .add("enabled", true)
            .add("email", person + "@example.com")
            .add("emailVerified", true)
            .add("firstName", person)
            .add("lastName", person)
            .add("groups", Json.createArrayBuilder(List.of(groups)))
            .add(
                "credentials",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("type", "password")
                            .add("value", passwordOf(person))
                            .add("temporary", false)));
    admin("POST", "/users", user.build());
  }

  String passwordOf(String person) {
    return "clave-de-" + person;
  }

  /**
   * As a browser gets a token: authorization code with PKCE (RFC 7636), the person's password
   * written into Keycloak's own page.
   */
  String tokenByBrowser(String person) throws Exception {
    String verifier = random() + random();
    String challenge =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
    Map<String, String> asked =
        Map.of(
            "client_id",
            CONSOLE,
            "response_type",
            "code",
            "scope",
            "openid",
            "state",
            random(),
            "redirect_uri",
            REDIRECT,
            "code_challenge",
            challenge,
            "code_challenge_method",
            "S256");
    HttpResponse<String> page = get(issuer() + "/protocol/openid-connect/auth?" + form(asked));
    Matcher action = FORM.matcher(page.body());
    assertThat(action.find()).as(page.body()).isTrue();
    HttpRequest filledIn =
        HttpRequest.newBuilder(
                posting(
                    action.group(1).replace("&amp;", "&"),
                    Map.of("username", person, "password", passwordOf(person))),
                (name, value) -> true)
            .header("Cookie", cookies(page))
            .build();
    HttpResponse<String> signedIn = HTTP.send(filledIn, BodyHandlers.ofString());
    String back = signedIn.headers().firstValue("location").orElse(signedIn.body());
    Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(back);
    assertThat(code.find()).as(back).isTrue();
    return token(
        Map.of(
            "grant_type", "authorization_code",
            "client_id", CONSOLE,
            "code", code.group(1),
            "redirect_uri", REDIRECT,
            "code_verifier", verifier));
  }

  /**
   * What was set, sent back. Keycloak's are for TLS alone, but to this machine, as browsers have it
   * and the JDK's own store of cookies has not.
   */
  private static String cookies(HttpResponse<String> answer) {
    return answer.headers().allValues("set-cookie").stream()
        .map(line -> line.substring(0, line.indexOf(';')))
        .filter(pair -> !pair.endsWith("="))
        .collect(joining("; "));
  }

  /** Lets browsers come back to a console at this origin alone. */
  void serves(String origin) throws Exception {
    JsonObject console = client(CONSOLE);
    JsonArrayBuilder page = Json.createArrayBuilder().add(origin + "/");
    JsonObjectBuilder attributes =
        Json.createObjectBuilder(console.getJsonObject("attributes"))
            .add("post.logout.redirect.uris", origin + "/");
    admin(
        "PUT",
        "/clients/" + console.getString("id"),
        Json.createObjectBuilder(console)
            .add("redirectUris", page)
            .add("webOrigins", Json.createArrayBuilder().add(origin))
            .add("attributes", attributes)
            .build());
  }

  /** Tokens that are given from here on live so long. */
  void tokensLive(Duration life) throws Exception {
    JsonObject realm = admin("GET", "", null).asJsonObject();
    admin(
        "PUT",
        "",
        Json.createObjectBuilder(realm).add("accessTokenLifespan", life.toSeconds()).build());
  }

  /** Ends all sessions of a person, as an administrator does. */
  void signsOut(String person) throws Exception {
    JsonObject user =
        admin("GET", "/users?exact=true&username=" + person, null).asJsonArray().getJsonObject(0);
    admin("POST", "/users/" + user.getString("id") + "/logout", null);
  }

  /** By the person's password alone, which the realm allows no client until it is told to. */
  String tokenByPassword(String person) throws Exception {
    JsonObject console = client(CONSOLE);
    admin(
        "PUT",
        "/clients/" + console.getString("id"),
        Json.createObjectBuilder(console).add("directAccessGrantsEnabled", true).build());
    return token(
        Map.of(
            "grant_type",
            "password",
            "client_id",
            CONSOLE,
            "username",
            person,
            "password",
            passwordOf(person)));
  }

  /** As a program gets one. */
  String tokenOfBatch() throws Exception {
    String secret =
        admin("GET", "/clients/" + client(BATCH).getString("id") + "/client-secret", null)
            .asJsonObject()
            .getString("value");
    return token(
        Map.of("grant_type", "client_credentials", "client_id", BATCH, "client_secret", secret));
  }

  private String token(Map<String, String> grant) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            posting(issuer() + "/protocol/openid-connect/token", grant), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return read(answer.body()).asJsonObject().getString("access_token");
  }

  private JsonObject client(String id) throws Exception {
    return admin("GET", "/clients?clientId=" + id, null).asJsonArray().getJsonObject(0);
  }

  /**
   * Has it sign with a key of ours from here on.
   *
   * @return the key's id
   */
  String signWith(KeyPair keys, int priority) throws Exception {
    List<String> before = keyIds();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----";
    JsonObject component =
        Json.createObjectBuilder()
            .add("name", "of-the-test-" + priority)
            .add("providerId", "rsa")
            .add("providerType", "org.keycloak.keys.KeyProvider")
            .add("parentId", admin("GET", "", null).asJsonObject().getString("id"))
            .add(
                "config",
                Json.createObjectBuilder()
                    .add("priority", Json.createArrayBuilder().add("" + priority))
                    .add("enabled", Json.createArrayBuilder().add("true"))
                    .add("active", Json.createArrayBuilder().add("true"))
                    .add("algorithm", Json.createArrayBuilder().add("RS256"))
                    .add("privateKey", Json.createArrayBuilder().add(pem)))
            .build();
    admin("POST", "/components", component);
    return keyIds().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
  }

  /** Takes a key back: it is published no more. */
  void forgetKey(int priority) throws Exception {
    for (JsonObject each : keyProviders()) {
      if (each.getString("name").equals("of-the-test-" + priority)) {
        admin("DELETE", "/components/" + each.getString("id"), null);
      }
    }
  }

  private List<JsonObject> keyProviders() throws Exception {
    return admin("GET", "/components?type=org.keycloak.keys.KeyProvider", null)
        .asJsonArray()
        .getValuesAs(JsonObject.class);
  }

  /** The ids of the keys that it publishes. */
  List<String> keyIds() throws Exception {
    JsonArray keys = read(get(keysAddress()).body()).asJsonObject().getJsonArray("keys");
    return keys.stream().map(key -> key.asJsonObject().getString("kid")).toList();
  }

  private JsonStructure admin(String method, String path, @Nullable JsonObject body)
      throws Exception {
    HttpResponse<String> signedIn =
        HTTP.send(
            posting(
                base + "/realms/master/protocol/openid-connect/token",
                Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    ADMIN,
                    "password",
                    password)),
            BodyHandlers.ofString());
    assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/admin/realms/diferido" + path))
            .header(
                "Authorization",
                "Bearer " + read(signedIn.body()).asJsonObject().getString("access_token"));
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.method(method, BodyPublishers.ofString(body.toString()));
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as(method + " " + path + ": " + answer.body())
        .isBetween(200, 299);
    return answer.body().isEmpty() ? Json.createObjectBuilder().build() : read(answer.body());
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  private static HttpRequest posting(String address, Map<String, String> fields) {
    return HttpRequest.newBuilder(URI.create(address))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form(fields)))
        .build();
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(joining("&"));
  }

  private static JsonStructure read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.read();
    }
  }

  private static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void destroy() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
      destroy();
    }
  }
}
