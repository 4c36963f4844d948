package org.diferido.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A DataSource that is looked up again only after a while; what could not be found, always. */
final class KeptLookup implements Supplier<DataSource> {

  private final Supplier<DataSource> lookup;
  private final Clock clock;
  private final Duration time;
  private volatile @Nullable Found last;

  private record Found(DataSource source, Instant at) {}

  /**
   * @param lookup finds it; may throw
   * @param time for which it is not looked up again
   */
  KeptLookup(Supplier<DataSource> lookup, Clock clock, Duration time) {
    this.lookup = lookup;
    this.clock = clock;
    this.time = time;
  }

  @Override
  public DataSource get() {
    Instant now = clock.instant();
    Found found = last;
    // A clock that was set back must not keep it for longer.
    if (found == null || now.isBefore(found.at) || !now.isBefore(found.at.plus(time))) {
      found = new Found(lookup.get(), now);
      last = found;
    }
    return found.source;
  }
}
