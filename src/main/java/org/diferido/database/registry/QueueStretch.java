package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.diferido.job.JobFilter.Period;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Between which places of the order of all jobs those are that were accepted in some time. There is
 * no index of that time, which each job would have to pay for; but the order is the same, but for
 * what the clocks of the nodes differ. So the places are found by halving, a row at a time.
 *
 * @param above the jobs come after this place; null from the first on
 * @param below and before this one; null to the last
 */
record QueueStretch(@Nullable Long above, @Nullable Long below) {

  private static final QueueStretch ALL = new QueueStretch(null, null);

  /** How much later than others a node may be, with its clock or with the job on its way. */
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);

  /** Rows of which it is not worth asking which. */
  private static final long CLOSE = 500;

  private static final String PLACE = "SELECT QUEUE_NO, CREATED_AT FROM ASYNC_JOBS ";
  private static final String FIRST = PLACE + "ORDER BY QUEUE_NO FETCH FIRST 1 ROWS ONLY";
  private static final String LAST_UNTIL =
      PLACE + "WHERE QUEUE_NO <= :place ORDER BY QUEUE_NO DESC FETCH FIRST 1 ROWS ONLY";

  private record Place(long number, Instant createdAt) {

    static Place read(ResultSet row) throws SQLException {
      LocalDateTime utc = row.getObject("CREATED_AT", LocalDateTime.class);
      return new Place(row.getLong("QUEUE_NO"), utc.toInstant(ZoneOffset.UTC));
    }
  }

  static QueueStretch of(Handle handle, Period created) {
    if (created.equals(Period.ANY)) {
      return ALL;
    }
    Optional<Place> first = place(handle, FIRST, Map.of());
    Optional<Place> last = lastUntil(handle, Long.MAX_VALUE);
    if (first.isEmpty() || last.isEmpty()) {
      return ALL;
    }
    Instant from = created.from();
    Instant before = created.before();
    Place low = first.get();
    Place high = last.get();
    return new QueueStretch(
        from == null ? null : between(handle, from.minus(OUT_OF_ORDER), low, high).above,
        before == null ? null : between(handle, before.plus(OUT_OF_ORDER), low, high).below);
  }

  /**
   * Where a moment is: what is not after the one place came before it, what is not before the other
   * did not.
   */
  private static QueueStretch between(Handle handle, Instant moment, Place first, Place last) {
    if (!first.createdAt.isBefore(moment)) {
      return new QueueStretch(null, first.number);
    }
    if (last.createdAt.isBefore(moment)) {
      return new QueueStretch(last.number, null);
    }
    long above = first.number;
    long below = last.number;
    while (below - above > CLOSE) {
      long middle = above + (below - above) / 2;
      boolean isBefore =
          lastUntil(handle, middle).filter(place -> place.createdAt.isBefore(moment)).isPresent();
      if (isBefore) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return new QueueStretch(above, below);
  }

  /**
   * When the job of a place was accepted, or the one before it when it has been removed; null when
   * there is none any more.
   */
  static @Nullable Instant createdAt(Handle handle, long place) {
    return lastUntil(handle, place).map(Place::createdAt).orElse(null);
  }

  private static Optional<Place> lastUntil(Handle handle, long place) {
    return place(handle, LAST_UNTIL, Map.of("place", JobColumns.number(place)));
  }

  private static Optional<Place> place(Handle handle, String sql, Map<String, Argument> values) {
    try (Query query = handle.createQuery(sql)) {
      return query.bindMap(values).map((row, context) -> Place.read(row)).findFirst();
    }
  }

  /** The condition that a job is in it. */
  JobCondition condition() {
    JobCondition condition = JobCondition.ALL;
    if (above != null) {
      condition = condition.and("QUEUE_NO > :above", "above", JobColumns.number(above));
    }
    if (below != null) {
      condition = condition.and("QUEUE_NO < :below", "below", JobColumns.number(below));
    }
    return condition;
  }
}
