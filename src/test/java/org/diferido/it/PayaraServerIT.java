package org.diferido.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same WAR on Payara Server, by the commands of an administrator: {@code mvn verify
 * -Ppayara-server}.
 */
class PayaraServerIT {

  private static final long LONGEST_COMMAND_SECONDS = 300;
  private static final String DOMAIN = "diferido";

  /** From the base of a domain's ports, by {@code create-domain --portbase}. */
  private static final int ADMIN = 48;

  private static final int HTTP = 80;

  @TempDir Path folder;

  /** Its process is none of ours: asadmin begins it, and ends it if it can. */
  @AfterEach
  void leaveNothing() throws IOException {
    Path pid = domains().resolve(DOMAIN).resolve("config/pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid, UTF_8).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void theDemoRunsOnIt() throws Exception {
    int ports = freeBase();
    String admin = "" + (ports + ADMIN);
    asadmin("create-domain", "--nopassword", "--portbase", "" + ports, DOMAIN);
    listenHereAlone();
    asadmin("start-domain", DOMAIN);
    for (String command : script("server-http")) {
      List<String> words = new ArrayList<>(List.of("--port", admin));
      words.addAll(List.of(command.split(" ")));
      asadmin(words.toArray(String[]::new));
    }
    asadmin(
        "--port",
        admin,
        "create-system-properties",
        "diferido.demo=true:diferido.demo.seconds=1:diferido.registry.folder="
            + folder.resolve("registry"));
    asadmin("stop-domain", DOMAIN);
    asadmin("start-domain", DOMAIN);
    asadmin(
        "--port",
        admin,
        "deploy",
        "--contextroot",
        "/",
        "--name",
        "diferido",
        ServiceProcess.built().toString());
    assertWorks(new Client("http://localhost:" + (ports + HTTP), null));
    asadmin("stop-domain", DOMAIN);
  }

  private static void assertWorks(Client anybody) {
    assertThat(anybody.get("/health/ready").status()).isEqualTo(200);
    JsonObject person = anybody.get("/demo/tokens").json().getJsonArray("people").getJsonObject(0);
    Client ana = new Client(anybody.base(), person.getString("token"));
    JsonObject job = ana.ended(ana.accepted(Calls.echo("hola")));
    assertThat(job.getJsonObject("result").getString("p_output")).isEqualTo("Procesado: hola");
    anybody.get("/jobs").problem(401);
    anybody.get("/nowhere").problem(404);
    anybody.get("/jobs/%ff").problem(404);
    assertThat(anybody.get("/openapi").text()).startsWith("openapi: 3");
  }

  /** A base whose ports that are used here nobody listens on. */
  private static int freeBase() {
    while (true) {
      int base = ThreadLocalRandom.current().nextInt(100, 300) * 100;
      if (Stream.of(ADMIN, HTTP, 76, 81, 86, 9).allMatch(port -> isFree(base + port))) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> script(String name) throws IOException {
    return Files.readAllLines(Path.of("server-config/payara", name + ".asadmin")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /** By itself a domain listens on every address of the machine, and looks for others like it. */
  private void listenHereAlone() throws IOException {
    try (Stream<Path> files =
        Files.walk(domains(), 4, FileVisitOption.FOLLOW_LINKS)
            .filter(file -> file.endsWith("domain.xml"))) {
      for (Path file : files.toList()) {
        String closed =
            Files.readString(file)
                .replace("0.0.0.0", "127.0.0.1")
                .replaceAll(
                    "<network-listener (?![^>]*address=)",
                    "<network-listener address=\"127.0.0.1\" ")
                .replaceAll(
                    "<hazelcast-config-specific-configuration ",
                    "<hazelcast-config-specific-configuration enabled=\"false\" ");
        Files.writeString(file, closed);
      }
    }
  }

  private Path domains() {
    return folder.resolve("domains");
  }

  private void asadmin(String... words) throws IOException, InterruptedException {
    Path home = Path.of(ServerCommand.required("diferido.server.payara"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(home.resolve("glassfish/lib/client/appserver-cli.jar").toString());
    command.addAll(List.of("--user", "admin"));
    int at = 0;
    // Options of asadmin itself come before the command.
    while (words[at].startsWith("--")) {
      command.add(words[at]);
      command.add(words[at + 1]);
      at += 2;
    }
    command.add(words[at]);
    if (words[at].endsWith("-domain")) {
      command.addAll(List.of("--domaindir", domains().toString()));
    }
    command.addAll(List.of(words).subList(at + 1, words.length));
    Path told = Files.createTempFile(Path.of("target"), "asadmin-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile());
    // Its scripts find their Java by it.
    builder.environment().putAll(Map.of("AS_JAVA", System.getProperty("java.home")));
    Process process = builder.start();
    boolean ended = process.waitFor(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0)
        .as(String.join(" ", words) + ": " + Files.readString(told, UTF_8))
        .isTrue();
  }
}
