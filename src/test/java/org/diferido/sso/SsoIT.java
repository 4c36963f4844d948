package org.diferido.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.diferido.it.Client;
import org.diferido.it.Contract;
import org.diferido.it.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Payara Micro and WildFly behind Keycloak, both told of it by its address alone. Their procedures
 * and their registries are the demo's.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SsoIT {

  private enum Server {
    PAYARA(FIRST_KEY, FIRST_KEY + 100),
    WILDFLY(FIRST_KEY + 100, FIRST_KEY + 200);

    /** The priorities of the keys between which its turn to see a change is. */
    private final int oldKey;

    private final int newKey;

    Server(int oldKey, int newKey) {
      this.oldKey = oldKey;
      this.newKey = newKey;
    }
  }

  private static final int FIRST_KEY = 200;

  /** Keys are asked for anew at most so seldom: a minute, and what it takes to see it. */
  private static final Duration LONGEST_ROTATION = Duration.ofMinutes(3);

  private static final String CALL =
      "{\"name\":\"PROC_TEST\",\"params\":[{\"name\":\"p_input\",\"value\":\"hola\"}]}";

  @TempDir static Path folder;

  private static final Map<Server, ServiceProcess> SERVERS = new EnumMap<>(Server.class);
  private static KeyPair keys;
  private static Keycloak keycloak;
  private static String kid;

  @BeforeAll
  static void start() throws Exception {
    keycloak = new Keycloak(Path.of(System.getProperty("diferido.keycloak")));
    keys = newKeys();
    kid = keycloak.signWith(keys, FIRST_KEY);
    keycloak.hire("ana.gomez", "Analistas");
    keycloak.hire("oscar.rey", "Operadores");
    keycloak.hire("clara.paz", "Auditores");
    keycloak.hire("nadie.aun");
    SERVERS.put(
        Server.WILDFLY,
        ServiceProcess.demoBehind(folder.resolve("wildfly"), keycloak.environment()));
    SERVERS.put(
        Server.PAYARA,
        ServiceProcess.demoOnPayaraBehind(folder.resolve("payara"), keycloak.environment()));
    SERVERS.values().forEach(ServiceProcess::awaitAnswer);
  }

  @AfterAll
  static void stop() throws Exception {
    for (ServiceProcess server : SERVERS.values()) {
      server.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static Client with(Server server, String token) {
    return SERVERS.get(server).client(token);
  }

  @ParameterizedTest
  @EnumSource
  void aPersonWhoSignsInWithABrowserRunsProceduresAsHerself(Server server) throws Exception {
    assertRuns(with(server, keycloak.tokenByBrowser("ana.gomez")), "ana.gomez");
  }

  @ParameterizedTest
  @EnumSource
  void aTokenForAPasswordIsOneAsWell(Server server) throws Exception {
    assertRuns(with(server, keycloak.tokenByPassword("ana.gomez")), "ana.gomez");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramRunsProceduresUnderTheNameOfItsAccount(Server server) throws Exception {
    assertRuns(with(server, keycloak.tokenOfBatch()), "service-account-diferido-batch");
  }

  private static void assertRuns(Client caller, String owner) {
    JsonObject job = caller.ended(caller.accepted(CALL));
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
    assertThat(job.getString("owner")).isEqualTo(owner);
  }

  @ParameterizedTest
  @EnumSource
  void groupsOfKeycloakAreRolesHere(Server server) throws Exception {
    Client ana = with(server, keycloak.tokenByBrowser("ana.gomez"));
    String job = ana.accepted(CALL);
    ana.ended(job);
    Client auditor = with(server, keycloak.tokenByBrowser("clara.paz"));
    assertThat(auditor.get("/jobs/" + job).status()).isEqualTo(200);
    auditor.submit(CALL).problem(403);
    auditor.delete("/jobs/" + job).problem(403);
    Client stranger = with(server, keycloak.tokenByBrowser("nadie.aun"));
    stranger.get("/jobs").problem(403);
    stranger.submit(CALL).problem(403);
    Client batch = with(server, keycloak.tokenOfBatch());
    batch.get("/jobs/" + job).problem(404);
    Client operator = with(server, keycloak.tokenByBrowser("oscar.rey"));
    assertThat(operator.delete("/jobs/" + job).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = Contract.FILE, matches = ".+", disabledReason = "no check given")
  void theContractIsKept(Server server) throws Exception {
    String token = keycloak.tokenByBrowser("ana.gomez");
    // It holds the service to its times, which count once it is warm.
    assertRuns(with(server, token), "ana.gomez");
    Contract.check(SERVERS.get(server).port(), token, keycloak.tokenOfBatch());
  }

  @ParameterizedTest
  @EnumSource
  void aTokenWithAnythingWrongIsRefused(Server server) throws Exception {
    String good = keycloak.tokenByBrowser("ana.gomez");
    TokenForge forge = new TokenForge(good, kid, keys);
    assertThat(with(server, forge.again()).get("/jobs").status()).isEqualTo(200);
    SoftAssertions all = new SoftAssertions();
    KeyPair stranger = newKeys();
    AtomicInteger asked = new AtomicInteger();
    HttpServer strangersKeys =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    strangersKeys.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = TokenForge.keys(stranger).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    strangersKeys.start();
    String address = "http://127.0.0.1:" + strangersKeys.getAddress().getPort() + "/keys";
    forge
        .forgeries(good, stranger, address)
        .forEach(
            (wrong, token) -> {
              for (String path : new String[] {"/jobs", "/ping", "/jobs/0", "/procedures"}) {
                Client.Answer answer = with(server, token).get(path);
                String seen = wrong + " at " + path + ": " + answer.text();
                all.assertThat(answer.status()).as(seen).isEqualTo(401);
                all.assertThat(answer.header("www-authenticate")).as(seen).startsWith("Bearer");
                all.assertThat(answer.header("content-type"))
                    .as(seen)
                    .isEqualTo("application/problem+json");
              }
            });
    strangersKeys.stop(0);
    all.assertThat(asked).as("questions to whom a token names").hasValue(0);
    all.assertAll();
    assertThat(with(server, good).get("/jobs").status()).as("afterwards").isEqualTo(200);
  }

  /** Last: from here on there is another key. */
  @ParameterizedTest
  @EnumSource
  @Order(Integer.MAX_VALUE)
  void keysAreChangedWhileItRuns(Server server) throws Exception {
    KeyPair next = newKeys();
    String old = keycloak.tokenByBrowser("ana.gomez");
    assertThat(with(server, old).get("/jobs").status()).isEqualTo(200);
    keycloak.signWith(next, server.newKey);
    String fresh = keycloak.tokenByBrowser("ana.gomez");
    await("the new key")
        .atMost(LONGEST_ROTATION)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> with(server, fresh).get("/jobs").status() == 200);
    assertThat(with(server, old).get("/jobs").status()).as("both are published").isEqualTo(200);
    keycloak.forgetKey(server.oldKey);
    await("the old key to be refused")
        .atMost(LONGEST_ROTATION)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> with(server, old).get("/jobs").status() == 401);
    assertThat(with(server, fresh).get("/jobs").status()).isEqualTo(200);
  }
}
