package org.diferido.oracledouble.session;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.diferido.oracledouble.lob.LobOperations;
import org.diferido.oracledouble.logon.Logon;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.Reply;
import org.diferido.oracledouble.wire.TtcInput;

/** What a client can ask for, by the code of the function. */
final class Functions {

  static final int LOGOFF = 9;

  private static final int FETCH = 5;
  private static final int COMMIT = 14;
  private static final int ROLLBACK = 15;
  private static final int VERSION = 59;
  private static final int EXECUTE = 94;
  private static final int LOB = 96;
  private static final int LOGON_ANSWER = 115;
  private static final int LOGON_CHALLENGE = 118;
  private static final int PING = 147;

  private final ServerSession session;
  private final Server server;
  private final Logon logon;
  private final StatementCalls statements;
  private final LobOperations lobs;

  Functions(ServerSession session, Server server, StatementCalls statements, LobOperations lobs) {
    this.session = session;
    this.server = server;
    this.statements = statements;
    this.lobs = lobs;
    logon = new Logon(server.password());
  }

  void run(int code, TtcInput in, Reply reply) throws IOException, GeneralSecurityException {
    switch (code) {
      case LOGON_CHALLENGE -> {
        logon.challenge(in, session.dialect(), reply);
        session.net().send(reply.out());
      }
      case LOGON_ANSWER -> logOn(in, reply);
      case VERSION -> version(in, reply);
      case EXECUTE -> statements.execute(in, reply);
      case FETCH -> statements.fetch(in, reply);
      case LOB -> {
        lobs.function(in, reply);
        session.net().send(reply.ended(session.engine().transactionOpen()).out());
      }
      case COMMIT -> {
        session.commit("commit");
        status(reply);
      }
      case ROLLBACK -> {
        server.journal("rollback");
        session.engine().rollback();
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

  private void logOn(TtcInput in, Reply reply) throws IOException, GeneralSecurityException {
    Logon.Attempt attempt = logon.answer(in, session.dialect());
    if (!attempt.rightPassword() || !server.user().equalsIgnoreCase(attempt.user())) {
      server.journal("logon denied " + attempt.user());
      throw new OraException(1017, "invalid username/password; logon denied");
    }
    session.engine(server.engine(session, server.user()));
    server.journal("logon " + server.user());
    logon.welcome(reply, session.sid(), session.serial());
    session.net().send(reply.out());
  }

  private void version(TtcInput in, Reply reply) throws IOException {
    in.rest();
    String banner =
        "Oracle Database 19c Enterprise Edition Release 19.0.0.0.0 - Production (double)";
    reply.out().u8(8).ub(banner.length());
    session.dialect().text(reply.out(), banner);
    reply.out().ub(Logon.VERSION);
    status(reply);
  }

  private void status(Reply reply) throws IOException {
    session.net().send(reply.status(session.engine().transactionOpen()).out());
  }
}
