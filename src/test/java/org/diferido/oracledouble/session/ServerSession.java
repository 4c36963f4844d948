package org.diferido.oracledouble.session;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.diferido.oracledouble.lob.LobOperations;
import org.diferido.oracledouble.lob.LobStore;
import org.diferido.oracledouble.logon.Handshake;
import org.diferido.oracledouble.logon.Logon;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.NetConnection;
import org.diferido.oracledouble.wire.Reply;
import org.diferido.oracledouble.wire.Reply.End;
import org.diferido.oracledouble.wire.TtcInput;

/** One client, from its first packet to its last. */
public final class ServerSession {

  private static final Logger LOG = System.getLogger(ServerSession.class.getName());
  private static final int SERIAL = 1;

  private static final int PROTOCOL = 1;
  private static final int DATA_TYPES = 2;
  private static final int FUNCTION = 3;
  private static final int PIGGYBACK = 17;

  private static final int FETCH = 5;
  private static final int EXECUTE_AGAIN = 4;
  private static final int LOGOFF = 9;
  private static final int COMMIT = 14;
  private static final int ROLLBACK = 15;
  private static final int VERSION = 59;
  private static final int EXECUTE_AND_FETCH_AGAIN = 78;
  private static final int EXECUTE = 94;
  private static final int LOB = 96;
  private static final int LOGON_ANSWER = 115;
  private static final int LOGON_CHALLENGE = 118;
  private static final int PING = 147;

  private final Server server;
  private final int sid;
  private final Thread worker;
  private final Breaks breaks;
  private final NetConnection net;
  private final TtcInput in;
  private final Handshake handshake;
  private final Logon logon;
  private final Cursors cursors = new Cursors();
  private final LobOperations lobs;
  private final StatementCalls statements;
  private final Piggybacks piggybacks;
  private Dialect dialect = Dialect.INITIAL;
  private volatile Engine engine = new LoggedOff();
  private int calls;

  public ServerSession(Server server, Socket socket, int sid) throws IOException {
    this.server = server;
    this.sid = sid;
    String name = "oracle-double-" + sid;
    worker = new Thread(this::work, name);
    worker.setDaemon(true);
    breaks = new Breaks(worker);
    net = new NetConnection(socket, name, breaks);
    in = new TtcInput(net::nextData);
    handshake = new Handshake(net);
    logon = new Logon(server.password());
    LobStore store = new LobStore();
    lobs = new LobOperations(store);
    statements =
        new StatementCalls(this, cursors, new ValueReader(store), new ValueWriter(store, cursors));
    piggybacks = new Piggybacks(cursors, lobs);
  }

  public void start() {
    net.start();
    worker.start();
  }

  public int sid() {
    return sid;
  }

  public int serial() {
    return SERIAL;
  }

  /** Cuts the line, as a server does that dies. */
  public void kill() {
    net.close();
  }

  public void join(Duration patience) throws InterruptedException {
    worker.join(patience.toMillis());
    net.join(patience);
  }

  /** Whether nothing of it runs any more. */
  public boolean isOver() {
    return !worker.isAlive() && net.isOver();
  }

  NetConnection net() {
    return net;
  }

  Dialect dialect() {
    return dialect;
  }

  Breaks breaks() {
    return breaks;
  }

  Engine engine() {
    return engine;
  }

  private void work() {
    try {
      handshake.connect(server::hasService);
      server.journal("connect");
      while (message()) {
        // until the client says good-bye
      }
    } catch (ProtocolException | GeneralSecurityException | RuntimeException e) {
      LOG.log(Level.DEBUG, "session " + sid + " broke", e);
      server.unknown("what to do after " + e);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "session {0} is over: {1}", sid, e);
    } finally {
      net.close();
      engine.close();
      server.ended(this);
    }
  }

  private boolean message() throws IOException, GeneralSecurityException {
    int message = in.u8();
    switch (message) {
      case PROTOCOL -> handshake.protocol(in);
      case DATA_TYPES -> {
        dialect = handshake.dataTypes(in);
        cursors.speak(dialect);
      }
      case PIGGYBACK -> piggyback();
      case FUNCTION -> {
        return function();
      }
      default -> throw new ProtocolException("message " + message);
    }
    return true;
  }

  private void piggyback() throws IOException {
    int code = in.u8();
    int callNumber = in.u8();
    try {
      piggybacks.read(code, in, this);
    } catch (UnknownException e) {
      // Its end cannot be told from the function that follows, which stays undone.
      in.rest();
      answer(new Reply(callNumber, ++calls), 0, e);
    }
  }

  private boolean function() throws IOException, GeneralSecurityException {
    int code = in.u8();
    Reply reply = new Reply(in.u8(), ++calls);
    try {
      function(code, reply);
    } catch (UnknownException e) {
      in.rest();
      answer(reply, 0, e);
    } catch (OraException e) {
      answer(reply, 0, e);
    }
    return code != LOGOFF;
  }

  private void function(int code, Reply reply) throws IOException, GeneralSecurityException {
    switch (code) {
      case LOGON_CHALLENGE -> {
        logon.challenge(in, dialect, reply);
        net.send(reply.out());
      }
      case LOGON_ANSWER -> logOn(reply);
      case VERSION -> version(reply);
      case EXECUTE -> statements.execute(in, reply);
      case FETCH -> statements.fetch(in, reply);
      case EXECUTE_AGAIN, EXECUTE_AND_FETCH_AGAIN -> statements.executeAgain(in, reply);
      case LOB -> {
        lobs.function(in, reply);
        net.send(reply.ended(engine.transactionOpen()).out());
      }
      case COMMIT -> {
        commit("commit");
        status(reply);
      }
      case ROLLBACK -> {
        server.journal("rollback");
        engine.rollback();
        status(reply);
      }
      case PING -> {
        server.journal("ping");
        status(reply);
      }
      case LOGOFF -> {
        server.journal("logoff");
        status(reply);
      }
      default -> throw new UnknownException("function " + code);
    }
  }

  private void logOn(Reply reply) throws IOException, GeneralSecurityException {
    Logon.Attempt attempt = logon.answer(in, dialect);
    if (!attempt.rightPassword() || !server.user().equalsIgnoreCase(attempt.user())) {
      server.journal("logon denied " + attempt.user());
      throw new OraException(1017, "invalid username/password; logon denied");
    }
    engine = server.engine(this, server.user());
    server.journal("logon " + server.user());
    logon.welcome(reply, sid, SERIAL);
    net.send(reply.out());
  }

  private void version(Reply reply) throws IOException {
    in.rest();
    String banner =
        "Oracle Database 19c Enterprise Edition Release 19.0.0.0.0 - Production (double)";
    reply.out().u8(8).ub(banner.length());
    dialect.text(reply.out(), banner);
    reply.out().ub(Logon.VERSION);
    status(reply);
  }

  private void status(Reply reply) throws IOException {
    net.send(reply.status(engine.transactionOpen()).out());
  }

  /** Sends an answer, or an error in its place. */
  void answer(Reply reply, int cursor, OraException error) throws IOException {
    if (error == null) {
      net.send(reply.out());
      return;
    }
    if (error instanceof UnknownException unknown) {
      server.unknown(unknown.what());
    }
    server.journal("error " + error.getMessage().lines().findFirst().orElse(""));
    End end = new End(error.code(), error.getMessage(), error.position());
    net.send(reply.afresh().ended(engine.transactionOpen(), cursor, 0, end).out());
  }

  /**
   * Commits, unless the server is to die of it.
   *
   * @param entry for the journal
   */
  void commit(String entry) throws EOFException {
    Engine.CommitFate fate = engine.fateOfCommit();
    if (fate == Engine.CommitFate.DIES_BEFORE) {
      throw death("died before commit");
    }
    server.journal(entry);
    engine.commit();
    if (fate == Engine.CommitFate.DIES_AFTER) {
      throw death("died after commit");
    }
  }

  private EOFException death(String entry) {
    server.journal(entry);
    kill();
    return new EOFException(entry);
  }
}
