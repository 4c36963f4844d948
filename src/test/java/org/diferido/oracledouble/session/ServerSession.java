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

  private final Server server;
  private final int sid;
  private final Thread worker;
  private final Breaks breaks;
  private final NetConnection net;
  private final TtcInput in;
  private final Handshake handshake;
  private final Functions functions;
  private final Cursors cursors = new Cursors();
  private final LobStore store = new LobStore();
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
    LobOperations lobs = new LobOperations(store);
    functions =
        new Functions(
            this,
            server,
            new StatementCalls(
                this, cursors, new ValueReader(store), new ValueWriter(store, cursors)),
            lobs);
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

  /** Breaks off what it runs, without its client having asked. */
  public void stop() {
    breaks.stop();
  }

  public void join(Duration patience) throws InterruptedException {
    worker.join(patience.toMillis());
    net.join(patience);
  }

  /** How many large values it keeps for its client. */
  public int largeValues() {
    return store.size();
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

  /** The client has logged on. */
  void engine(Engine own) {
    engine = own;
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
      functions.run(code, in, reply);
    } catch (UnknownException e) {
      in.rest();
      answer(reply, 0, e);
    } catch (OraException e) {
      answer(reply, 0, e);
    }
    return code != Functions.LOGOFF;
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
