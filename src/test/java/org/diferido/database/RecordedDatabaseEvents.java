package org.diferido.database;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.diferido.failure.FailureCode;

/** Remembers what it is told, as text. */
public final class RecordedDatabaseEvents implements DatabaseEvents {

  public final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public void borrowed(Pool pool, long nanos) {
    told.add(pool.word() + " borrowed" + (nanos < 0 ? " in no time" : ""));
  }

  @Override
  public void notBorrowed(Pool pool, long nanos) {
    told.add(pool.word() + " not borrowed" + (nanos < 0 ? " in no time" : ""));
  }

  @Override
  public void givenBack(Pool pool) {
    told.add(pool.word() + " given back");
  }

  @Override
  public void failed(Pool pool, FailureCode code) {
    told.add(pool.word() + " " + code);
  }
}
