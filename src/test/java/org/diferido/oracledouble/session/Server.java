package org.diferido.oracledouble.session;

/** What a session needs to know of the server that it belongs to. */
public interface Server {

  boolean hasService(String name);

  /** The one user that can log on, in any case. */
  String user();

  String password();

  /** For a client that has logged on. */
  Engine engine(ServerSession session, String user);

  /** Keeps what a client did. */
  void journal(String entry);

  /** Keeps what a client wanted that the double was never taught. */
  void unknown(String what);

  void ended(ServerSession session);
}
