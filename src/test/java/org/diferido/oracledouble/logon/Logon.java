package org.diferido.oracledouble.logon;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.Reply;
import org.diferido.oracledouble.wire.TtcInput;
import org.diferido.oracledouble.wire.TtcOutput;

/** The two messages by which a client proves that it knows the password. */
public final class Logon {

  /** 19.3.0.0.0 */
  public static final int VERSION = 19 << 24 | 3 << 16;

  private static final int PARAMETERS = 8;

  private final String password;
  private Verifier verifier;

  /**
   * @param password the right one
   */
  public Logon(String password) {
    this.password = password;
  }

  /** Sends the challenge. */
  public void challenge(TtcInput in, Dialect dialect, Reply reply)
      throws IOException, GeneralSecurityException {
    request(in, dialect);
    verifier = new Verifier(password);
    TtcOutput out = reply.out();
    out.u8(PARAMETERS).ub(6);
    out.pair("AUTH_SESSKEY", verifier.encryptedServerKey(), 1);
    out.pair("AUTH_VFR_DATA", verifier.hashSalt(), Verifier.TYPE);
    out.pair("AUTH_PBKDF2_CSK_SALT", verifier.keySalt(), 0);
    out.pair("AUTH_PBKDF2_VGEN_COUNT", Integer.toString(Verifier.HASH_ROUNDS), 0);
    out.pair("AUTH_PBKDF2_SDER_COUNT", Integer.toString(Verifier.KEY_ROUNDS), 0);
    out.pair("AUTH_GLOBALLY_UNIQUE_DBID\0", "0123456789ABCDEF0123456789ABCDEF", 0);
    reply.ended(false);
  }

  /** Who says to be whom, and whether the password fits. */
  public Attempt answer(TtcInput in, Dialect dialect) throws IOException, GeneralSecurityException {
    Map<String, String> pairs = request(in, dialect);
    String given = verifier.password(pairs.get("AUTH_SESSKEY"), pairs.get("AUTH_PASSWORD"));
    return new Attempt(pairs.get("user"), password.equals(given));
  }

  /** One try to log on. */
  public record Attempt(String user, boolean rightPassword) {}

  /** Lets the client in. */
  public void welcome(Reply reply, int sid, int serial) throws GeneralSecurityException {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("AUTH_VERSION_STRING", "- Production");
    pairs.put("AUTH_VERSION_SQL", "25");
    pairs.put("AUTH_XACTION_TRAITS", "3");
    pairs.put("AUTH_VERSION_NO", Integer.toString(VERSION));
    pairs.put("AUTH_VERSION_STATUS", "0");
    pairs.put("AUTH_DBNAME", "DOUBLE");
    pairs.put("AUTH_USER_ID", "42");
    pairs.put("AUTH_SESSION_ID", Integer.toString(sid));
    pairs.put("AUTH_SERIAL_NUM", Integer.toString(serial));
    pairs.put("AUTH_INSTANCE_NO", "1");
    pairs.put("AUTH_SC_SERVER_HOST", "localhost");
    pairs.put("AUTH_SC_DBUNIQUE_NAME", "double");
    pairs.put("AUTH_SC_INSTANCE_NAME", "double");
    pairs.put("AUTH_SC_SERVICE_NAME", "double");
    pairs.put("AUTH_INSTANCENAME", "double");
    pairs.put("AUTH_NLS_LXLAN", "AMERICAN");
    pairs.put("AUTH_NLS_LXCTERRITORY", "AMERICA");
    pairs.put("AUTH_NLS_LXCCHARSET", "AL32UTF8");
    pairs.put("AUTH_MAX_OPEN_CURSORS", "300");
    pairs.put("AUTH_MAX_IDEN_LENGTH", "128");
    pairs.put("AUTH_SVR_RESPONSE", verifier.response());
    TtcOutput out = reply.out().u8(PARAMETERS).ub(pairs.size());
    pairs.forEach((key, value) -> out.pair(key, value, 0));
    reply.ended(false);
  }

  private static Map<String, String> request(TtcInput in, Dialect dialect) throws IOException {
    boolean hasUser = in.flag();
    int length = in.ubInt();
    in.ub();
    in.flag();
    int count = in.ubInt();
    in.skipBytes(2);
    Map<String, String> pairs = new HashMap<>();
    pairs.put("user", hasUser && length > 0 ? dialect.text(in, length) : "");
    for (int at = 0; at < count; at++) {
      String key = in.dalcText();
      pairs.put(key, in.dalcText());
      in.ub();
    }
    return pairs;
  }
}
