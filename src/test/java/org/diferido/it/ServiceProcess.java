package org.diferido.it;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The service as an administrator runs it: a process of its own, the built WAR on the server of
 * this run.
 */
public final class ServiceProcess implements AutoCloseable {

  /**
   * Of tests of what is the same on whichever server: those of {@code -Pwildfly} leave them out.
   */
  public static final String ANY_SERVER = "any-server";

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
  public static ServiceProcess demo(Path folder, Map<String, String> settings) throws IOException {
    int port = freePort();
    return answering(
        begun(ServerCommand.of(folder, port).demo(settings).deploying(built()), Map.of(), port));
  }

  /** Starts it in demo mode on Payara Micro, whichever server this run of the tests is for. */
  static ServiceProcess demoOnPayara(Path folder) throws IOException {
    int port = freePort();
    return begun(new PayaraCommand(folder, port).demo(Map.of()).deploying(built()), Map.of(), port);
  }

  /**
   * Starts the demo's procedures behind an issuer of tokens, and does not wait.
   *
   * @param issuer what the service is told of it
   */
  public static ServiceProcess demoBehind(Path folder, Map<String, String> issuer)
      throws IOException {
    int port = freePort();
    return begun(ServerCommand.of(folder, port).demo(Map.of()).deploying(built()), issuer, port);
  }

  /** The same on Payara Micro, whichever server this run of the tests is for. */
  public static ServiceProcess demoOnPayaraBehind(Path folder, Map<String, String> issuer)
      throws IOException {
    int port = freePort();
    return begun(new PayaraCommand(folder, port).demo(Map.of()).deploying(built()), issuer, port);
  }

  /** Starts it with nothing configured but its folder. */
  static ServiceProcess unconfigured(Path folder) throws IOException {
    int port = freePort();
    return answering(begun(ServerCommand.of(folder, port).deploying(built()), Map.of(), port));
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
    return answering(launched(folder, freePort(), war, database, environment));
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

  /**
   * Starts a node as in production, and does not wait: with the JVM's own choices, and pools that
   * go with its workers.
   */
  public static ServiceProcess measured(
      Path folder, int port, int poolSize, Map<String, String> environment) throws IOException {
    ServerCommand command =
        new PayaraCommand(folder, port).pools("postgresql").untouched().poolsOf(poolSize);
    return begun(command.deploying(built()), onPools(environment), port);
  }

  private static ServiceProcess launched(
      Path folder, int port, Path war, String database, Map<String, String> environment)
      throws IOException {
    return begun(
        ServerCommand.of(folder, port).pools(database).deploying(war), onPools(environment), port);
  }

  private static Map<String, String> onPools(Map<String, String> environment) {
    Map<String, String> told = new HashMap<>(environment);
    told.put("DIFERIDO_DATASOURCE_PROCEDURES", ServerCommand.jndiName("procedures"));
    told.put("DIFERIDO_DATASOURCE_REGISTRY", ServerCommand.jndiName("registry"));
    return told;
  }

  /** Starts a server in demo mode, without the service. */
  static ServiceProcess controlled(List<String> command, int port) throws IOException {
    return begun(command, Map.of(), port);
  }

  private static ServiceProcess answering(ServiceProcess service) {
    service.awaitAnswer();
    return service;
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
    Process process = builder.start();
    // When the build itself is stopped no test comes to close what it has started.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ServiceProcess(process, port, log);
  }

  /** The WAR as it was built. */
  static Path built() {
    return Path.of(ServerCommand.required("diferido.war"));
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

  /** Speaks to it with a token, or without. */
  public Client client(@Nullable String token) {
    return new Client("http://127.0.0.1:" + port, token);
  }

  /** Speaks to it as one of the demo's people. */
  Client as(String person) {
    return client(tokenOf(person).orElseThrow());
  }

  /** The token of one of the demo's people, if there is somebody of that name. */
  Optional<String> tokenOf(String person) {
    return client(null).get("/demo/tokens").json().getJsonArray("people").stream()
        .map(each -> each.asJsonObject())
        .filter(each -> each.getString("name").equals(person))
        .findFirst()
        .map(each -> each.getString("token"));
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
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
}
