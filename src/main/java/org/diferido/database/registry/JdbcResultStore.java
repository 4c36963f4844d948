package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diferido.result.ResultStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Large results beside the jobs, in DIFERIDO_RESULTS and DIFERIDO_RESULT_CHUNKS. A chunk that is
 * added holds no connection until the next one, nor does one that is read.
 *
 * <p>The row of a result that was removed with its job has no job any more: by that it is found,
 * and no removal of jobs has to look for results.
 */
public final class JdbcResultStore implements ResultStore {

  private static final int LONGEST_NAME = 200;

  /** HSQLDB has the rows of a transaction in memory, and others their undo. */
  private static final int REMOVED_AT_ONCE = 20;

  private static final String HEADER =
      "INSERT INTO DIFERIDO_RESULTS (RESULT_ID, JOB_ID, ATTEMPT, NAME, KIND)"
          + " VALUES (:id, :job, :attempt, :name, :kind)";
  private static final String CHUNK =
      "INSERT INTO DIFERIDO_RESULT_CHUNKS (RESULT_ID, CHUNK_NO, ROW_AT, CSV_AT, NDJSON_AT, DATA)"
          + " VALUES (:id, :number, :row, :csv, :ndjson, :data)";
  private static final String OF_ONE =
      " FROM DIFERIDO_RESULT_CHUNKS WHERE RESULT_ID = :id AND CHUNK_NO = :number";

  private final RegistryDatabase database;

  public JdbcResultStore(RegistryDatabase database) {
    this.database = database;
  }

  @Override
  public void add(Header of, int number, Position position, byte[] chunk) {
    Map<String, Argument> values = new LinkedHashMap<>();
    values.put("id", JobColumns.text(of.id()));
    values.put("number", JobColumns.number((long) number));
    values.put("row", JobColumns.number(position.row()));
    values.put("csv", JobColumns.number(position.csv()));
    values.put("ndjson", JobColumns.number(position.ndjson()));
    values.put("data", LongValues.bytes(Deflated.of(chunk)));
    if (number > 0) {
      database.withAutoCommit((handle, dialect) -> update(handle, CHUNK, values));
    } else {
      database.inTransaction(
          (handle, dialect) -> {
            update(handle, HEADER, header(of));
            return update(handle, CHUNK, values);
          });
    }
  }

  private static Map<String, Argument> header(Header of) {
    String name = StateJson.storable(of.name());
    int length = Math.min(name.length(), LONGEST_NAME);
    boolean halved = length < name.length() && Character.isHighSurrogate(name.charAt(length - 1));
    return Map.of(
        "id",
        JobColumns.text(of.id()),
        "job",
        JobColumns.text(of.job()),
        "attempt",
        JobColumns.number((long) of.attempt()),
        "name",
        JobColumns.text(name.substring(0, halved ? length - 1 : length)),
        "kind",
        JobColumns.text(of.kind()));
  }

  @Override
  public Optional<byte[]> chunk(String id, int number) {
    return one("SELECT DATA" + OF_ONE, id, number, row -> row.getBytes("DATA"))
        .map(Deflated::restored);
  }

  @Override
  public Optional<Position> position(String id, int number) {
    return one(
        "SELECT ROW_AT, CSV_AT, NDJSON_AT" + OF_ONE,
        id,
        number,
        row ->
            new Position(row.getLong("ROW_AT"), row.getLong("CSV_AT"), row.getLong("NDJSON_AT")));
  }

  /** Reads a row. */
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> one(String sql, String id, int number, Reading<T> reading) {
    RowMapper<T> mapper = (row, context) -> reading.of(row);
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(sql)) {
            return query.bind("id", id).bind("number", number).map(mapper).findFirst();
          }
        });
  }

  @Override
  public void remove(Collection<String> ids) {
    ids.forEach(this::remove);
  }

  @Override
  public void removeOf(String job, int upToAttempt) {
    remove(
        ids(
            "JOB_ID = :job AND ATTEMPT <= :attempt",
            Map.of("job", JobColumns.text(job), "attempt", JobColumns.number((long) upToAttempt))));
  }

  @Override
  public int removeForgotten() {
    int removed = 0;
    List<String> some = forgotten();
    while (!some.isEmpty()) {
      remove(some);
      removed += some.size();
      some = forgotten();
    }
    return removed;
  }

  private List<String> forgotten() {
    return ids("JOB_ID IS NULL FETCH FIRST " + REMOVED_AT_ONCE + " ROWS ONLY", Map.of());
  }

  private List<String> ids(String condition, Map<String, Argument> values) {
    String sql = "SELECT RESULT_ID FROM DIFERIDO_RESULTS WHERE " + condition;
    return database.withAutoCommit(
        (handle, dialect) -> {
          try (Query query = handle.createQuery(sql)) {
            return query.bindMap(values).mapTo(String.class).list();
          }
        });
  }

  /** Of its chunks few at a time, and then what they belong to. */
  private void remove(String id) {
    Map<String, Argument> result = Map.of("id", JobColumns.text(id));
    Long last = lastOfSome(result);
    while (last != null) {
      Map<String, Argument> some = new LinkedHashMap<>(result);
      some.put("last", JobColumns.number(last));
      update(
          "DELETE FROM DIFERIDO_RESULT_CHUNKS WHERE RESULT_ID = :id AND CHUNK_NO <= :last", some);
      last = lastOfSome(result);
    }
    update("DELETE FROM DIFERIDO_RESULTS WHERE RESULT_ID = :id", result);
  }

  private @Nullable Long lastOfSome(Map<String, Argument> result) {
    // In the order of the key, by both of its columns: HSQLDB sorts by itself otherwise.
    String sql =
        "SELECT CHUNK_NO FROM DIFERIDO_RESULT_CHUNKS WHERE RESULT_ID = :id"
            + " ORDER BY RESULT_ID, CHUNK_NO FETCH FIRST "
            + REMOVED_AT_ONCE
            + " ROWS ONLY";
    List<Long> some =
        database.withAutoCommit(
            (handle, dialect) -> {
              try (Query query = handle.createQuery(sql)) {
                return query.bindMap(result).mapTo(Long.class).list();
              }
            });
    return some.isEmpty() ? null : some.get(some.size() - 1);
  }

  private void update(String sql, Map<String, Argument> values) {
    database.withAutoCommit((handle, dialect) -> update(handle, sql, values));
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
