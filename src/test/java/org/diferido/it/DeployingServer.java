package org.diferido.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server into which the service is put, and out of which it is taken, while it goes on. */
final class DeployingServer implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** In a dump of threads: what is of the service, of its database or of its libraries. */
  private static final Pattern OURS =
      Pattern.compile("at (org\\.diferido|org\\.hsqldb|io\\.micrometer|io\\.prometheus)\\.");

  private final ServiceProcess server;

  /** Where WildFly looks; Payara Micro is told. */
  private final @Nullable Path deployments;

  private DeployingServer(ServiceProcess server, @Nullable Path deployments) {
    this.server = server;
    this.deployments = deployments;
  }

  /** Starts the server of this run of the tests in demo mode, without the service. */
  static DeployingServer start(Path folder, Map<String, String> settings) throws IOException {
    int port = ServiceProcess.freePort();
    if (ServerCommand.isWildFly()) {
      WildFlyCommand wildFly = new WildFlyCommand(folder, port).demo(settings);
      return new DeployingServer(
          ServiceProcess.controlled(wildFly.empty(), port), wildFly.deployments());
    }
    List<String> payara =
        new PayaraCommand(folder, port).demo(settings).controlled(ServiceProcess.built());
    return new DeployingServer(ServiceProcess.controlled(payara, port), null);
  }

  void deploy() throws IOException {
    if (deployments == null) {
      server.told("deploy");
    } else {
      // Its scanner takes what is there as a whole, once it is told that it is.
      Files.deleteIfExists(marker("undeployed"));
      Path war = deployments.resolve("ROOT.war");
      if (!Files.exists(war)) {
        Files.copy(ServiceProcess.built(), war);
      }
      Files.createFile(marker("dodeploy"));
      await("the deployment").atMost(LONGEST).until(() -> Files.exists(marker("deployed")));
    }
    server.awaitAnswer();
  }

  void undeploy() throws IOException {
    if (deployments == null) {
      server.told("undeploy");
      return;
    }
    Files.delete(marker("deployed"));
    await("the end of the deployment")
        .atMost(LONGEST)
        .until(() -> Files.exists(marker("undeployed")));
  }

  private Path marker(String state) {
    return deployments == null ? Path.of("") : deployments.resolve("ROOT.war." + state);
  }

  /** The threads that run anything of the service or of its database, by {@code jcmd}. */
  List<String> threadsAtWork() throws IOException {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + server.pid(),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String dump = new String(asked.getInputStream().readAllBytes(), UTF_8);
    assertThat(dump).as("threads by jcmd").contains("Full thread dump");
    return Stream.of(dump.split("\n\n"))
        .filter(each -> OURS.matcher(each).find())
        .filter(each -> !each.contains("at " + ControlledServer.class.getName()))
        .map(each -> each.strip().lines().findFirst().orElse(""))
        .toList();
  }

  Client as(String person) {
    return server.as(person);
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }
}
