package org.diferido.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diferido.faults.cluster.DatabaseServer;
import org.diferido.it.Client;
import org.diferido.it.Issuer;
import org.diferido.it.RoleScripts;
import org.diferido.it.ServiceProcess;

/** What is measured: a PostgreSQL, and processes of the service on it, as many as a part needs. */
final class Stand implements AutoCloseable {

  /** For the looks into the dictionary, and for the progress, while every worker has one. */
  private static final int CONNECTIONS_BESIDE_THE_WORKERS = 4;

  private static final int MOST_CONNECTIONS = 400;

  private final Path folder;
  private final DatabaseServer database;
  private final Map<String, String> environment;
  private final List<ServiceProcess> nodes = new ArrayList<>();
  private final String token;
  private final Path tokenFile;
  private int workers;

  /** Starts the database alone. */
  Stand(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    Issuer issuer = new Issuer();
    token = issuer.token("ana.gomez", "procedure-caller");
    tokenFile = Files.writeString(folder.resolve("token"), token);
    database =
        new DatabaseServer(Files.createDirectories(folder.resolve("database")), MOST_CONNECTIONS);
    environment = new HashMap<>(issuer.environment());
    environment.put("DIFERIDO_ACCESS", "procedure-caller=*");
    environment.put("DIFERIDO_QUEUE_CAPACITY", "10000000");
    environment.put("DIFERIDO_RETENTION", "PT240H");
    for (String pool : List.of("POSTGRESQL", "REGISTRY")) {
      environment.put("DIFERIDO_" + pool + "_URL", database.url());
      environment.put("DIFERIDO_" + pool + "_USER", RoleScripts.SERVICE);
      environment.put("DIFERIDO_" + pool + "_PASSWORD", "clave");
    }
  }

  /** Has just so many processes, each with so many workers: those of before are stopped. */
  void start(int processes, int workersOfEach) throws IOException, InterruptedException {
    stopNodes();
    workers = workersOfEach;
    for (int at = 0; at < processes; at++) {
      Map<String, String> own = new HashMap<>(environment);
      own.put("DIFERIDO_NODE", "bench" + at);
      own.put("DIFERIDO_WORKERS", "" + workersOfEach);
      own.put("DIFERIDO_WORKERS_PER_CALLER", "" + workersOfEach);
      int pool = workersOfEach + CONNECTIONS_BESIDE_THE_WORKERS;
      Path home = Files.createDirectories(folder.resolve("node" + at));
      nodes.add(ServiceProcess.measured(home, ServiceProcess.freePort(), pool, own));
    }
    nodes.forEach(ServiceProcess::awaitAnswer);
  }

  private void stopNodes() throws InterruptedException {
    for (ServiceProcess node : nodes) {
      node.kill();
    }
    nodes.clear();
  }

  DatabaseServer database() {
    return database;
  }

  List<ServiceProcess> nodes() {
    return nodes;
  }

  /** Of all nodes together. */
  int workers() {
    return workers * nodes.size();
  }

  String ports() {
    return nodes.stream().map(node -> "" + node.port()).collect(Collectors.joining(","));
  }

  Path folder() {
    return folder;
  }

  Path tokenFile() {
    return tokenFile;
  }

  Client client(int node) {
    return nodes.get(node).client(token);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      stopNodes();
    } finally {
      database.close();
    }
  }
}
