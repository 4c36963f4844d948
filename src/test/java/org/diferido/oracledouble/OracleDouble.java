package org.diferido.oracledouble;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.diferido.oracledouble.backing.BackingDatabase;
import org.diferido.oracledouble.catalog.SessionInfo;
import org.diferido.oracledouble.dictionary.Body;
import org.diferido.oracledouble.dictionary.Dictionary;
import org.diferido.oracledouble.dictionary.NameResolve;
import org.diferido.oracledouble.engine.Instance;
import org.diferido.oracledouble.engine.SessionEngine;
import org.diferido.oracledouble.engine.SuppliedPackages;
import org.diferido.oracledouble.session.Engine;
import org.diferido.oracledouble.session.Engine.CommitFate;
import org.diferido.oracledouble.session.Server;
import org.diferido.oracledouble.session.ServerSession;

/**
 * Speaks to the Oracle driver as a server does, on a free port of the loopback address. It shows
 * what the driver does with our calls; what a real server would do it does not show.
 *
 * <p>One user can log on. What it was never taught fails with ORA-00600 and is kept in {@link
 * #unknown}.
 */
public final class OracleDouble implements AutoCloseable {

  private static final Duration FOR_THE_END = Duration.ofSeconds(5);

  private final String user;
  private final String password;
  private final ServerSocket socket;
  private final Thread acceptor;
  private final Dictionary dictionary = new Dictionary();
  private final BackingDatabase tables;
  private final Map<ServerSession, SessionInfo> loggedOn = new ConcurrentHashMap<>();
  private final List<ServerSession> sessions = new CopyOnWriteArrayList<>();
  private final List<String> journal = new CopyOnWriteArrayList<>();
  private final List<String> unknown = new CopyOnWriteArrayList<>();
  private final AtomicInteger sids = new AtomicInteger(100);
  private final Shared shared = new Shared();
  private volatile List<String> services = List.of();
  private volatile boolean mayMonitor = true;
  private volatile boolean mayAlterSystem = true;
  private volatile Function<SessionInfo, CommitFate> onCommit = session -> CommitFate.COMMITS;

  /**
   * @param user in upper case; also the schema of the tables
   */
  public OracleDouble(String user, String password) {
    this(user, password, 0);
  }

  /**
   * @param port 0 for any that is free
   */
  public OracleDouble(String user, String password, int port) {
    this.user = user;
    this.password = password;
    tables = new BackingDatabase(user);
    SuppliedPackages.register(dictionary);
    new NameResolve(dictionary).register();
    try {
      socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    acceptor = new Thread(this::accept, "oracle-double-accept");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  public String url() {
    return "jdbc:oracle:thin:@//127.0.0.1:" + port() + "/DOUBLE";
  }

  public int port() {
    return socket.getLocalPort();
  }

  /**
   * Registers a procedure.
   *
   * @param inPackage null for one that stands alone; with one, each registration adds an overload
   * @param declarations {@code "P_FECHA IN DATE"}, {@code "P_X IN OUT VARCHAR2(20) DEFAULT"}
   */
  public OracleDouble procedure(
      String owner, String inPackage, String name, Body body, String... declarations) {
    return add(owner, inPackage, name, null, body, declarations);
  }

  /**
   * Registers a function.
   *
   * @param returns a type, such as {@code NUMBER(10,2)}
   */
  public OracleDouble function(
      String owner,
      String inPackage,
      String name,
      String returns,
      Body body,
      String... declarations) {
    return add(owner, inPackage, name, returns, body, declarations);
  }

  private OracleDouble add(
      String owner,
      String inPackage,
      String name,
      String returns,
      Body body,
      String... declarations) {
    dictionary.add(owner, inPackage, name, returns, body, declarations);
    String object = inPackage == null ? name : inPackage;
    dictionary.object(owner, object).ifPresent(tables::tell);
    return this;
  }

  /**
   * Registers a type of a schema.
   *
   * @param kind {@code TABLE OF NUMBER(10)}, {@code VARRAY(3) OF APP.T_PERSONA}, {@code OBJECT},
   *     {@code NOT INSTANTIABLE OBJECT}
   * @param attributes of an object: {@code "NOMBRE VARCHAR2(40)"}, {@code "DESDE APP.T_LUGAR"}
   */
  public OracleDouble type(String owner, String name, String kind, String... attributes) {
    dictionary.type(owner, name, kind, attributes);
    return this;
  }

  /**
   * Registers a synonym.
   *
   * @param owner may be PUBLIC
   * @param target {@code OWNER.NAME}
   */
  public OracleDouble synonym(String owner, String name, String target) {
    dictionary.synonym(owner, name, target);
    return this;
  }

  /** The services it knows; every one when this was never called. */
  public OracleDouble services(String... names) {
    services = List.of(names);
    return this;
  }

  /** From now on nobody may read V$SESSION. */
  public OracleDouble withoutGrants() {
    mayMonitor = false;
    return this;
  }

  /** From now on nobody may ALTER SYSTEM. */
  public OracleDouble withoutAlterSystem() {
    mayAlterSystem = false;
    return this;
  }

  /** Runs statements of HSQLDB in its Oracle syntax and commits. */
  public OracleDouble sql(String... statements) {
    try (Connection connection = tables.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Decides for each COMMIT message whether the server survives it. */
  public OracleDouble onCommit(Function<SessionInfo, CommitFate> fate) {
    onCommit = fate;
    return this;
  }

  /** Cuts every connection, as a server does that dies. */
  public void killSessions() {
    sessions.forEach(ServerSession::kill);
  }

  /** Cuts the connections that have told this client identifier; how many those were. */
  public int killSession(String clientIdentifier) {
    List<ServerSession> meant =
        loggedOn.entrySet().stream()
            .filter(each -> clientIdentifier.equals(each.getValue().attribute("CLIENTID")))
            .map(Map.Entry::getKey)
            .toList();
    meant.forEach(ServerSession::kill);
    return meant.size();
  }

  /** Those that are logged on. */
  public List<SessionInfo> sessions() {
    return List.copyOf(loggedOn.values());
  }

  /** How many large values the sessions keep because no client has freed them. */
  public int largeValues() {
    return sessions.stream().mapToInt(ServerSession::largeValues).sum();
  }

  /** What clients did, in order. */
  public List<String> journal() {
    return journal;
  }

  /** What clients wanted that it does not know. */
  public List<String> unknown() {
    return unknown;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        ServerSession session = new ServerSession(shared, client, sids.incrementAndGet());
        sessions.removeIf(ServerSession::isOver);
        session.start();
        sessions.add(session);
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      acceptor.join(FOR_THE_END.toMillis());
      killSessions();
      for (ServerSession session : sessions) {
        session.join(FOR_THE_END);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tables.close();
    }
  }

  /** What the sessions see of the double. */
  private final class Shared implements Server, Instance {

    @Override
    public boolean hasService(String name) {
      return services.isEmpty() || services.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public String user() {
      return user;
    }

    @Override
    public String password() {
      return password;
    }

    @Override
    public Engine engine(ServerSession session, String name) {
      SessionInfo info = new SessionInfo(session.sid(), session.serial(), name);
      loggedOn.put(session, info);
      return new SessionEngine(this, info);
    }

    @Override
    public void journal(String entry) {
      journal.add(entry);
    }

    @Override
    public void unknown(String what) {
      unknown.add(what);
    }

    @Override
    public void ended(ServerSession session) {
      loggedOn.remove(session);
    }

    @Override
    public Dictionary dictionary() {
      return dictionary;
    }

    @Override
    public BackingDatabase tables() {
      return tables;
    }

    @Override
    public Stream<SessionInfo> sessions() {
      return loggedOn.values().stream();
    }

    @Override
    public boolean mayMonitor() {
      return mayMonitor;
    }

    @Override
    public boolean mayAlterSystem() {
      return mayAlterSystem;
    }

    @Override
    public boolean stop(int sid, int serial) {
      return with(sid, serial, ServerSession::stop);
    }

    @Override
    public boolean kill(int sid, int serial) {
      return with(sid, serial, ServerSession::kill);
    }

    private boolean with(int sid, int serial, Consumer<ServerSession> action) {
      Optional<ServerSession> found =
          loggedOn.keySet().stream()
              .filter(each -> each.sid() == sid && each.serial() == serial)
              .findFirst();
      found.ifPresent(action);
      return found.isPresent();
    }

    @Override
    public CommitFate fateOfCommit(SessionInfo session) {
      return onCommit.apply(session);
    }
  }
}
