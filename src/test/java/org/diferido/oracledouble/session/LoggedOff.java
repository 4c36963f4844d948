package org.diferido.oracledouble.session;

import org.diferido.oracledouble.value.OraException;

/** In the place of an engine while nobody has logged on. */
final class LoggedOff implements Engine {

  @Override
  public Outcome run(Statement statement) {
    throw new OraException(1012, "not logged on");
  }

  @Override
  public void active(boolean running) {}

  @Override
  public boolean transactionOpen() {
    return false;
  }

  @Override
  public void commit() {}

  @Override
  public void rollback() {}

  @Override
  public CommitFate fateOfCommit() {
    return CommitFate.COMMITS;
  }

  @Override
  public void attribute(String name, String value) {}

  @Override
  public void close() {}
}
