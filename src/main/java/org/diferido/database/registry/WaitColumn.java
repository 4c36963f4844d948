package org.diferido.database.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.diferido.job.WaitTimes;

/**
 * The bucket that a row's wait is in, as an expression that each of the databases understands
 * alike: so that it counts the rows of a bucket, and does not send them.
 */
final class WaitColumn {

  /** Of a row that was never started. */
  static final int NONE = -1;

  /** With {@value #NONE} for what was never started. */
  static final String SQL = sql();

  private WaitColumn() {}

  private static String sql() {
    List<String> branches = new ArrayList<>();
    branches.add("CASE WHEN STARTED_AT IS NULL THEN " + NONE);
    for (Duration bound : WaitTimes.BOUNDS) {
      branches.add(
          "WHEN STARTED_AT < CREATED_AT + %s THEN %d"
              .formatted(interval(bound), branches.size() - 1));
    }
    branches.add("ELSE " + WaitTimes.BOUNDS.size() + " END");
    return String.join(" ", branches);
  }

  /** In one field, of which a database takes two digits without being told. */
  private static String interval(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return "INTERVAL '%d.%03d' SECOND".formatted(time.toSeconds(), time.toMillisPart());
    }
    if (time.compareTo(Duration.ofHours(1)) < 0) {
      return "INTERVAL '" + time.toMinutes() + "' MINUTE";
    }
    return time.compareTo(Duration.ofDays(1)) < 0
        ? "INTERVAL '" + time.toHours() + "' HOUR"
        : "INTERVAL '" + time.toDays() + "' DAY";
  }
}
