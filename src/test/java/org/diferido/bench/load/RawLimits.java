package org.diferido.bench.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/**
 * What the database can do without the service, on connections of the same kind and number, printed
 * as one JSON object. Its arguments, beside those of {@link Pace}: {@code url}, and {@code work}:
 *
 * <ul>
 *   <li>{@code call:procedure}: the bare call
 *   <li>{@code insert}: a row as the registry's, durable
 *   <li>{@code durable:procedure}: the least that keeps a call from being forgotten or done twice
 *       unnoticed: a row, the call, and the row's end, each committed
 * </ul>
 */
public final class RawLimits {

  private static final String INSERT =
      """
      INSERT INTO bench.RAW_JOBS (JOB_ID, OWNER, PROCEDURE_NAME, PARAMS, CREATED_AT, START_TIME,
        RESOLVED_NAME, PRIORITY, MOST_ATTEMPTS, STATE, STATUS, NODE, ATTEMPT, STARTED_AT, PROGRESS)
      VALUES (?, 'ana.gomez', ?, ?, ?, ?, ?, 5, 1, 'running', 'running', 'raw', 1, ?, 0)
      """;
  private static final String UPDATE =
      """
      UPDATE bench.RAW_JOBS SET STATE = 'succeeded', STATUS = 'completed', END_TIME = ?,
        DURATION = '5ms', RESULT = '{"values":{}}', FETCH_MS = 0, PROGRESS = 100
      WHERE JOB_ID = ? AND STATE = 'running' AND NODE = 'raw' AND ATTEMPT = 1
      """;

  private RawLimits() {}

  /** Measures one. */
  public static void main(String... line) throws Exception {
    Arguments arguments = Arguments.of(line);
    String[] work = arguments.text("work").split(":");
    String procedure = work.length > 1 ? work[1] : "";
    boolean calls = !procedure.isEmpty();
    boolean writes = !work[0].equals("call");
    System.out.println(
        Pace.of(arguments)
            .run(thread -> new Work(arguments.text("url"), procedure, calls, writes)));
  }

  /** One connection with its statements. */
  private static final class Work implements Pace.Operation {

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement call;
    private final PreparedStatement update;
    private final String procedure;
    private final boolean calls;
    private final boolean writes;

    Work(String url, String procedure, boolean calls, boolean writes) throws SQLException {
      this.procedure = procedure;
      this.calls = calls;
      this.writes = writes;
      connection = DriverManager.getConnection(url);
      insert = connection.prepareStatement(INSERT);
      call = connection.prepareStatement("CALL " + (calls ? procedure : "bench.noop") + "(?)");
      update = connection.prepareStatement(UPDATE);
    }

    @Override
    public int perform(long number) throws SQLException {
      String id = UUID.randomUUID().toString().replace("-", "");
      if (writes) {
        insert(id);
      }
      if (calls) {
        call.setString(1, id);
        call.execute();
      }
      if (writes && calls) {
        update.setObject(1, LocalDateTime.now(ZoneOffset.UTC));
        update.setString(2, id);
        update.executeUpdate();
      }
      return 0;
    }

    private void insert(String id) throws SQLException {
      LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
      insert.setString(1, id);
      insert.setString(2, procedure);
      insert.setString(
          3,
          String.format(
              Locale.ROOT,
              "{\"name\":\"%s\",\"isFunction\":false,\"params\":[{\"name\":\"p_id\",\"value\":\"%s\"}]}",
              procedure,
              id));
      insert.setObject(4, now);
      insert.setObject(5, now);
      insert.setString(6, procedure);
      insert.setObject(7, now);
      insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
