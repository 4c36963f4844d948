package org.diferido.faults.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.it.Client;
import org.diferido.it.Issuer;
import org.diferido.it.RoleScripts;

/** Two nodes with the pools and the role of the scripts, on one database or on two. */
public final class Cluster implements AutoCloseable {

  /**
   * Eight workers, all of them for the one caller there is, and the shortest silence that may be
   * set: a test waits for it again and again.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "DIFERIDO_ACCESS", "procedure-caller=*",
          "DIFERIDO_WORKERS", "8",
          "DIFERIDO_WORKERS_PER_CALLER", "8",
          "DIFERIDO_POLL", "PT0.5S",
          "DIFERIDO_NODE_HEARTBEAT", "PT2S",
          "DIFERIDO_NODE_SILENCE", "PT20S",
          "DIFERIDO_STOP_GRACE", "PT2S");

  /** Longer than an answer takes that comes at all, shorter than a node may be paused. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<ClusterNode> nodes = new ArrayList<>();
  private DatabaseServer procedures;
  private DatabaseServer registry;
  private String token;

  private Cluster() {}

  /**
   * Jobs in the database of the procedures: the end is written in the call's transaction.
   *
   * @param statements for the database, before the nodes start
   */
  public static Cluster onOneDatabase(Path folder, String... statements) throws Exception {
    return started(folder, false, statements);
  }

  /** Jobs in a database of their own, in another server: the end is written after the commit. */
  public static Cluster onTwoDatabases(Path folder) throws Exception {
    return started(folder, true);
  }

  private static Cluster started(Path folder, boolean apart, String... statements)
      throws Exception {
    Cluster cluster = new Cluster();
    try {
      cluster.start(folder, apart, statements);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void start(Path folder, boolean apart, String... statements)
      throws IOException, GeneralSecurityException {
    procedures = database(folder.resolve("procedures"));
    registry = apart ? database(folder.resolve("registry")) : procedures;
    AuditedWork.install(procedures.source());
    Postgres17.execute(procedures.source(), statements);
    Issuer issuer = new Issuer();
    token = issuer.token("ana.gomez", "procedure-caller");
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.putAll(SETTINGS);
    tell(environment, "POSTGRESQL", procedures);
    tell(environment, "REGISTRY", registry);
    for (String name : List.of("one", "two")) {
      Path own = Files.createDirectories(folder.resolve(name));
      ClusterNode node = new ClusterNode(name, own, environment);
      opened.add(node);
      nodes.add(node);
    }
    nodes.forEach(ClusterNode::awaitAnswer);
  }

  private DatabaseServer database(Path folder) throws IOException {
    DatabaseServer server = new DatabaseServer(Files.createDirectories(folder));
    opened.add(server);
    return server;
  }

  private static void tell(Map<String, String> environment, String pool, DatabaseServer database) {
    environment.put("DIFERIDO_" + pool + "_URL", database.url());
    environment.put("DIFERIDO_" + pool + "_USER", RoleScripts.SERVICE);
    environment.put("DIFERIDO_" + pool + "_PASSWORD", "clave");
  }

  public List<ClusterNode> nodes() {
    return List.copyOf(nodes);
  }

  public DatabaseServer procedures() {
    return procedures;
  }

  public DatabaseServer registry() {
    return registry;
  }

  /** Whether a job's end is written in the transaction of its call. */
  public boolean isJoined() {
    return procedures == registry;
  }

  /** The databases, each once. */
  public List<DatabaseServer> databases() {
    return Stream.of(procedures, registry).distinct().toList();
  }

  /** One caller, at one of the nodes. */
  public Client client(int node) {
    return nodes.get(node).client(token).withPatience(PATIENCE);
  }

  /** How many jobs the registry has that have not ended, as its database says. */
  public int live() {
    return Integer.parseInt(
        Postgres17.column(
                registry.source(),
                "SELECT COUNT(*) FROM diferido.ASYNC_JOBS"
                    + " WHERE STATE IN ('queued', 'running', 'cancelling')")
            .get(0));
  }

  /** Ends every process, whatever state it is in, and tells the first that could not be ended. */
  @Override
  public void close() throws Exception {
    Exception first = null;
    for (int i = opened.size() - 1; i >= 0; i--) {
      try {
        opened.get(i).close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
