package org.diferido.it;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service as an administrator runs it: a process of its own, the built WAR on Payara Micro. */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  private final Process process;
  private final int port;
  private final Path log;

  private ServiceProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it in demo mode with its registry in a folder, and waits until it answers. */
  static ServiceProcess demo(Path folder, Map<String, String> settings) throws IOException {
    List<String> properties = new ArrayList<>();
    properties.add("-Ddiferido.demo=true");
    settings.forEach((name, value) -> properties.add("-D" + name + "=" + value));
    return start(folder, properties);
  }

  /** Starts it with nothing configured but its folder. */
  static ServiceProcess unconfigured(Path folder) throws IOException {
    return start(folder, List.of());
  }

  /**
   * Starts it with the pools of a script, and waits until it answers.
   *
   * @param database whose script and driver: {@code oracle} or {@code postgresql}
   * @param environment all that it is told
   */
  static ServiceProcess pooled(Path folder, String database, Map<String, String> environment)
      throws IOException {
    return pooled(folder, built(), database, environment);
  }

  /** The same with another WAR than the built one. */
  static ServiceProcess pooled(
      Path folder, Path war, String database, Map<String, String> environment) throws IOException {
    ServiceProcess service = launched(folder, freePort(), war, database, environment);
    service.awaitAnswer();
    return service;
  }

  /**
   * Starts one node of several, and does not wait: see {@link #awaitAnswer}.
   *
   * @param port its own, so that it can be started again at the same address
   * @param environment as for {@link #pooled(Path, String, Map)}
   */
  public static ServiceProcess node(Path folder, int port, Map<String, String> environment)
      throws IOException {
    return launched(folder, port, built(), "postgresql", environment);
  }

  private static ServiceProcess launched(
      Path folder, int port, Path war, String database, Map<String, String> environment)
      throws IOException {
    String driver = (database.equals("oracle") ? "ojdbc11" : database) + ".jar";
    Path drivers = Path.of(required("diferido.server.drivers"));
    Map<String, String> told = new HashMap<>(environment);
    told.put("DIFERIDO_DATASOURCE_PROCEDURES", "jdbc/procedures");
    told.put("DIFERIDO_DATASOURCE_REGISTRY", "jdbc/registry");
    return launch(
        folder,
        port,
        war,
        List.of(),
        List.of("--addlibs", drivers.resolve(driver).toString()),
        told,
        "loopback",
        "http",
        "closed",
        database);
  }

  /** Starts a {@link ControlledServer} in demo mode, without the service. */
  static ServiceProcess controlled(Path folder, Map<String, String> settings) throws IOException {
    int port = freePort();
    List<String> command = java(folder);
    command.add("-Ddiferido.demo=true");
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(opened());
    String tests = Path.of("target/test-classes").toAbsolutePath().toString();
    command.addAll(List.of("-cp", required("diferido.server.jar") + File.pathSeparator + tests));
    command.add(ControlledServer.class.getName());
    command.add(built().toString());
    command.addAll(server(port, boot(folder, "loopback", "http")));
    return begun(command, Map.of(), port);
  }

  /** What the server's jar asks of the JVM in its manifest, which counts only for {@code -jar}. */
  private static List<String> opened() throws IOException {
    try (JarFile jar = new JarFile(required("diferido.server.jar"))) {
      String packages = jar.getManifest().getMainAttributes().getValue("Add-Opens");
      return Stream.of(packages.split(" "))
          .flatMap(each -> Stream.of("--add-opens", each + "=ALL-UNNAMED"))
          .toList();
    }
  }

  /** Tells a {@link ControlledServer} something, and waits for its answer. */
  String told(String word) throws IOException {
    int before = log().length();
    process.outputWriter().append(word).append('\n').flush();
    await("an answer to " + word + ", see " + log)
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(100))
        .failFast("the server ended, see " + log, () -> !process.isAlive())
        .until(() -> log().indexOf('\n' + ControlledServer.DONE, before) >= 0);
    return log()
        .substring(before)
        .lines()
        .filter(line -> line.startsWith(ControlledServer.DONE))
        .findFirst()
        .orElseThrow()
        .substring(ControlledServer.DONE.length());
  }

  private static ServiceProcess start(Path folder, List<String> properties) throws IOException {
    ServiceProcess service =
        launch(
            folder,
            freePort(),
            built(),
            properties,
            List.of(),
            Map.of(),
            "loopback",
            "http",
            "closed");
    service.awaitAnswer();
    return service;
  }

  private static ServiceProcess launch(
      Path folder,
      int port,
      Path war,
      List<String> properties,
      List<String> options,
      Map<String, String> environment,
      String... scripts)
      throws IOException {
    List<String> command = java(folder);
    command.addAll(properties);
    command.addAll(List.of("-jar", required("diferido.server.jar"), "--deploy", war.toString()));
    command.addAll(List.of("--contextroot", "/"));
    command.addAll(server(port, boot(folder, scripts)));
    command.addAll(List.of("--postdeploycommandfile", "server-config/payara/open.asadmin"));
    command.addAll(options);
    return begun(command, environment, port);
  }

  private static List<String> java(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dorg.glassfish.startupThreadPolicy=USE_NO_THREADS",
            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
            "-Ddiferido.registry.folder=" + folder.resolve("registry")));
    return command;
  }

  private static List<String> server(int port, Path boot) {
    return List.of(
        "--port",
        "" + port,
        "--nohazelcast",
        "--disablephonehome",
        "--prebootcommandfile",
        boot.toString());
  }

  private static Path boot(Path folder, String... scripts) throws IOException {
    Path boot = Files.createTempFile(folder, "boot", ".asadmin");
    for (String script : scripts) {
      Files.writeString(
          boot,
          Files.readString(Path.of("server-config/payara/" + script + ".asadmin")),
          StandardOpenOption.APPEND);
    }
    return boot;
  }

  private static ServiceProcess begun(
      List<String> command, Map<String, String> environment, int port) throws IOException {
    Path log = Files.createTempFile(Path.of("target"), "service-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(log.toString()));
    builder.environment().keySet().removeIf(name -> name.matches("(DIFERIDO|MP)_.*"));
    builder.environment().putAll(environment);
    return new ServiceProcess(builder.start(), port, log);
  }

  /** The WAR as it was built. */
  static Path built() {
    return Path.of(required("diferido.war"));
  }

  /** Waits until the application answers; before, the server answers with pages of its own. */
  public void awaitAnswer() {
    Client anybody = client(null);
    await("an answer of the service, see " + log)
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .failFast("the service ended, see " + log, () -> !process.isAlive())
        .until(() -> anybody.get("/ping").isOurs());
  }

  /** Speaks to it with a token, or without. */
  public Client client(@Nullable String token) {
    return new Client("http://127.0.0.1:" + port, token);
  }

  /** Speaks to it as one of the demo's people. */
  Client as(String person) {
    return client(
        client(null).get("/demo/tokens").json().getJsonArray("people").stream()
            .map(each -> each.asJsonObject())
            .filter(each -> each.getString("name").equals(person))
            .findFirst()
            .orElseThrow()
            .getString("token"));
  }

  int port() {
    return port;
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Where its log is. */
  public Path logFile() {
    return log;
  }

  /** As {@code kill -9}: it gets no chance to say anything. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its threads and its clocks stand still, its connections stay open: {@code kill -STOP}. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Goes on after {@link #pause}, as if no time had gone by. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int answer = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (answer != 0) {
      throw new IOException("kill -" + name + " of " + process.pid() + " answered " + answer);
    }
  }

  /** As {@code kill}: it is told to stop, and nobody waits for it. */
  void terminate() {
    process.destroy();
  }

  /**
   * As an administrator stops it, with a time limit.
   *
   * @return whether it ended by itself; otherwise it goes on
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    process.destroy();
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As an administrator stops it. */
  @Override
  public void close() throws InterruptedException {
    if (!stop(Duration.ofMinutes(1))) {
      kill();
      throw new AssertionError("the service did not stop within a minute, see " + log);
    }
  }

  /** A port of the loopback that nobody listens on. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("run by mvn verify, which sets " + property);
    }
    return value;
  }
}
