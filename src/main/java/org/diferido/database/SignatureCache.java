package org.diferido.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Signature;

/**
 * Keeps for a while what the dictionary said about a name, so that a call does not cost a look into
 * it each time. What is not found is not kept: it may be created any moment.
 */
public final class SignatureCache {

  private static final int MOST_NAMES = 2000;

  private final Clock clock;
  private final Duration keep;
  private final Map<String, Kept> names = new ConcurrentHashMap<>();

  private record Kept(List<Signature> signatures, Instant until) {}

  /** Looks into the dictionary. */
  interface Lookup {
    List<Signature> find() throws SQLException;
  }

  /**
   * @param keep how old an answer may be; zero to ask each time
   */
  public SignatureCache(Clock clock, Duration keep) {
    this.clock = clock;
    this.keep = keep;
  }

  /** What is known of a name, or else what the lookup finds. */
  List<Signature> get(ProcedureName name, Lookup lookup) throws SQLException {
    Kept kept = names.get(name.toString());
    Instant now = clock.instant();
    if (kept != null && now.isBefore(kept.until)) {
      return kept.signatures;
    }
    List<Signature> found = List.copyOf(lookup.find());
    if (found.isEmpty() || keep.isZero()) {
      names.remove(name.toString());
      return found;
    }
    if (names.size() >= MOST_NAMES) {
      names.clear();
    }
    names.put(name.toString(), new Kept(found, now.plus(keep)));
    return found;
  }

  /** Forgets everything: something in the database is not as it was. */
  void clear() {
    names.clear();
  }
}
