package org.diferido.oracledouble.session;

import java.io.IOException;
import java.util.List;
import org.diferido.oracledouble.lob.LobOperations;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.TtcInput;

/** Messages in front of a function that have no answer of their own. */
final class Piggybacks {

  private static final int CLOSE_CURSORS = 105;
  private static final int CANCEL_CURSORS = 120;
  private static final int END_TO_END = 135;
  private static final int LOB = 96;

  /** In the order of the message; those without a name are not used. */
  private static final List<String> ATTRIBUTES =
      List.of("CLIENTID", "MODULE", "ACTION", "ECID", "", "CLIENT_INFO", "", "", "DBOP");

  private final Cursors cursors;
  private final LobOperations lobs;

  Piggybacks(Cursors cursors, LobOperations lobs) {
    this.cursors = cursors;
    this.lobs = lobs;
  }

  void read(int code, TtcInput in, ServerSession session) throws IOException {
    switch (code) {
      case CLOSE_CURSORS, CANCEL_CURSORS -> closeCursors(in, code == CLOSE_CURSORS);
      case END_TO_END -> endToEnd(in, session.dialect(), session.engine());
      case LOB -> lobs.piggyback(in);
      default -> throw new UnknownException("piggyback " + code);
    }
  }

  private void closeCursors(TtcInput in, boolean forgets) throws IOException {
    in.flag();
    int count = in.ubInt();
    for (int at = 0; at < count; at++) {
      int cursor = in.ubInt();
      if (forgets) {
        cursors.close(cursor);
      }
    }
  }

  private static void endToEnd(TtcInput in, Dialect dialect, Engine engine) throws IOException {
    in.skipBytes(2);
    in.ub();
    int count = ATTRIBUTES.size();
    boolean[] given = new boolean[count];
    int[] lengths = new int[count];
    for (int at = 0; at < count; at++) {
      given[at] = in.flag();
      lengths[at] = in.ubInt();
    }
    for (int at = 0; at < count; at++) {
      if (given[at]) {
        String value = lengths[at] > 0 ? dialect.text(in, lengths[at]) : "";
        if (!ATTRIBUTES.get(at).isEmpty()) {
          engine.attribute(ATTRIBUTES.get(at), value);
        }
      }
    }
  }
}
