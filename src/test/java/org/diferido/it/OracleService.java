package org.diferido.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.database.oracle.OracleProcedures;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.catalog.SessionInfo;

/**
 * The service with both pools of its server's script for Oracle, and the double of Oracle that they
 * lead to, in this process.
 */
final class OracleService implements AutoCloseable {

  /** With everything that a reader of references to the environment could take for its own. */
  static final String PASSWORD = "clave: de$1 {prueba} ${user}";

  private final OracleProcedures procedures = new OracleProcedures();
  private final Issuer issuer;
  private final ServiceProcess process;
  private final Socket reserved;
  private OracleDouble database;

  private OracleService(Issuer issuer, ServiceProcess process, Socket reserved) {
    this.issuer = issuer;
    this.process = process;
    this.reserved = reserved;
  }

  /** Starts it while nothing listens where its database is to be. */
  static OracleService withoutDatabase(Path folder, Path war)
      throws IOException, GeneralSecurityException {
    Issuer issuer = new Issuer();
    // Bound and not listening: nobody else gets the port, and who connects is refused.
    Socket reserved = new Socket();
    reserved.setReuseAddress(true);
    reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Map<String, String> environment = new HashMap<>(issuer.environment());
    for (String pool : List.of("ORACLE", "REGISTRY")) {
      environment.put(
          "DIFERIDO_" + pool + "_URL",
          "jdbc:oracle:thin:@//127.0.0.1:" + reserved.getLocalPort() + "/DOUBLE");
      environment.put("DIFERIDO_" + pool + "_USER", OracleProcedures.OWNER);
      environment.put("DIFERIDO_" + pool + "_PASSWORD", PASSWORD);
    }
    environment.put("DIFERIDO_ACCESS", "procedure-caller=*");
    environment.put("DIFERIDO_POLL", "PT0.2S");
    ServiceProcess process = ServiceProcess.pooled(folder, war, "oracle", environment);
    return new OracleService(issuer, process, reserved);
  }

  /** Starts the database, with the procedures of the gateway's contract. */
  void startDatabase() throws IOException {
    int port = reserved.getLocalPort();
    reserved.close();
    database = new OracleDouble(OracleProcedures.OWNER, PASSWORD, port);
    procedures.addTo(database);
  }

  OracleDouble database() {
    return database;
  }

  OracleProcedures procedures() {
    return procedures;
  }

  Client caller() throws GeneralSecurityException {
    return process.client(issuer.token("ana.gomez", "procedure-caller"));
  }

  String log() throws IOException {
    return process.log();
  }

  /** The session that runs a job, or ran it and nothing since. */
  SessionInfo sessionOf(String job) {
    return database.sessions().stream()
        .filter(each -> job.equals(each.attribute("CLIENTID")))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the database is at work on a job. */
  boolean isAtWorkOn(String job) {
    return database.sessions().stream()
        .anyMatch(each -> job.equals(each.attribute("CLIENTID")) && each.isActive());
  }

  @Override
  public void close() throws Exception {
    try (Socket port = reserved;
        OracleDouble last = database) {
      process.close();
    }
  }
}
