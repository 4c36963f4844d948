package org.diferido.oracledouble.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.diferido.oracledouble.session.Engine.Outcome;
import org.diferido.oracledouble.session.Engine.Statement;
import org.diferido.oracledouble.value.Direction;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.wire.OracleType;
import org.diferido.oracledouble.wire.Reply;
import org.diferido.oracledouble.wire.Reply.End;
import org.diferido.oracledouble.wire.TtcInput;
import org.diferido.oracledouble.wire.TtcOutput;

/** Execute and fetch. */
final class StatementCalls {

  private static final int ROW_HEADER = 6;
  private static final int ROW = 7;
  private static final int DIRECTIONS = 11;

  private final ServerSession session;
  private final Cursors cursors;
  private final ValueReader reader;
  private final ValueWriter writer;

  StatementCalls(ServerSession session, Cursors cursors, ValueReader reader, ValueWriter writer) {
    this.session = session;
    this.cursors = cursors;
    this.reader = reader;
    this.writer = writer;
  }

  /** One execution as it was asked for, with all its rows of values. */
  private record Execution(ExecuteRequest request, Cursor cursor, List<List<Object>> values) {}

  void execute(TtcInput in, Reply reply) throws IOException {
    ExecuteRequest request = ExecuteRequest.read(in, session.dialect());
    Cursor cursor = cursor(request, in);
    if (!request.binds().isEmpty()) {
      cursor.binds(request.binds());
    }
    if (!request.defines().isEmpty()) {
      cursor.defines(request.defines());
    }
    Execution execution = new Execution(request, cursor, values(in, request, cursor));
    answer(cursor, reply, into -> execute(execution, into));
  }

  private Cursor cursor(ExecuteRequest request, TtcInput in) {
    if (!request.sql().isEmpty()) {
      return cursors.add(request.sql());
    }
    try {
      return cursors.find(request.cursor());
    } catch (OraException e) {
      in.rest();
      throw e;
    }
  }

  private List<List<Object>> values(TtcInput in, ExecuteRequest request, Cursor cursor)
      throws IOException {
    boolean come = !request.binds().isEmpty() || !in.atPacketEnd();
    List<List<Object>> rows = new ArrayList<>();
    if (request.executes() && !cursor.binds().isEmpty() && come) {
      int count = cursor.isQuery() ? 1 : Math.max(1, request.iterations());
      for (int at = 0; at < count; at++) {
        rows.add(reader.row(in, cursor.binds()));
      }
    }
    return rows.isEmpty() ? List.of(List.of()) : rows;
  }

  private void answer(Cursor cursor, Reply reply, Breaks.Work work) throws IOException {
    session.engine().active(true);
    OraException error;
    try {
      error = session.breaks().guard(session, reply, work);
    } finally {
      session.engine().active(false);
    }
    session.answer(reply, cursor.id(), error);
  }

  private void execute(Execution execution, Reply reply) throws IOException, InterruptedException {
    if (execution.cursor.isQuery()) {
      query(execution, reply);
    } else if (execution.request.executes()) {
      change(execution, reply);
    } else {
      end(reply, execution.cursor, 0, End.WELL);
    }
  }

  private Outcome run(Cursor cursor, List<Object> values) throws InterruptedException {
    List<Integer> types = cursor.binds().stream().map(Descriptor::type).toList();
    return session.engine().run(new Statement(cursor.sql(), types, values));
  }

  private void change(Execution execution, Reply reply) throws IOException, InterruptedException {
    Cursor cursor = execution.cursor;
    List<Long> counts = new ArrayList<>();
    Outcome last = Outcome.changed(0);
    for (List<Object> values : execution.values) {
      last = run(cursor, values);
      counts.add(last.count());
    }
    writeBinds(cursor, last, reply.out());
    cursors.returned(reply.out(), last.returned());
    if (execution.request.commits() && session.engine().transactionOpen()) {
      session.commit("autocommit");
    }
    reply.returned(cursor.id());
    if (execution.request.countsWanted()) {
      reply.out().ub(counts.size());
      counts.forEach(reply.out()::ub);
    }
    end(reply, cursor, counts.stream().mapToLong(Long::longValue).sum(), End.WELL);
  }

  /** The directions of a block's binds, and the values of those that are not IN. */
  private void writeBinds(Cursor cursor, Outcome outcome, TtcOutput out) {
    List<Direction> directions = outcome.directions();
    if (directions.isEmpty()) {
      return;
    }
    if (directions.size() != cursor.binds().size()) {
      throw new OraException(1008, "not all variables bound");
    }
    int count = directions.size();
    out.u8(DIRECTIONS).u8(0).ub(count % 256).ub(count / 256).ub(1).zeros(3);
    directions.forEach(direction -> out.u8(direction.wireCode()));
    if (directions.stream().allMatch(direction -> direction == Direction.IN)) {
      return;
    }
    out.u8(ROW);
    for (int at = 0; at < count; at++) {
      if (directions.get(at) != Direction.IN) {
        writer.write(out, cursor.binds().get(at), outcome.values().get(at));
        out.ub(0);
      }
    }
  }

  private void query(Execution execution, Reply reply) throws InterruptedException {
    ExecuteRequest request = execution.request;
    Cursor cursor = execution.cursor;
    boolean first = cursor.rows() == null;
    if (request.executes()) {
      cursor.open(run(cursor, execution.values.get(0)).rows());
    }
    if (first || request.describes()) {
      cursors.describe().message(reply.out(), cursor.rows());
    }
    // A server never sends large values before the client has said how it wants them.
    boolean waits = cursor.defines().isEmpty() && cursor.rows().hasLobs();
    boolean fetches = request.fetches() && !waits;
    if (fetches) {
      writeRows(cursor, Math.max(request.prefetch(), request.iterations()), reply.out());
    }
    reply.returned(cursor.id());
    end(reply, cursor, cursor.sent(), fetches ? afterRows(cursor) : End.WELL);
  }

  void fetch(TtcInput in, Reply reply) throws IOException {
    Cursor cursor = cursors.find(in.ubInt());
    int most = in.ubInt();
    answer(
        cursor,
        reply,
        into -> {
          writeRows(cursor, most, into.out());
          end(into, cursor, cursor.sent(), afterRows(cursor));
        });
  }

  private static End afterRows(Cursor cursor) {
    return cursor.hasMore() ? End.WELL : End.NO_MORE_ROWS;
  }

  private void writeRows(Cursor cursor, int most, TtcOutput out) {
    int columns = cursor.rows().columns().size();
    for (int sent = 0; sent < most; sent++) {
      List<Object> row = cursor.next();
      if (row == null) {
        return;
      }
      if (sent == 0) {
        out.u8(ROW_HEADER).u8(0).ub(columns).ub(0).ub(most).zeros(3);
      }
      out.u8(ROW);
      for (int column = 0; column < columns; column++) {
        writeColumn(out, cursor.define(column), row.get(column));
      }
    }
  }

  private void writeColumn(TtcOutput out, Descriptor wanted, Object value) {
    writer.write(out, wanted, value);
    if (wanted.type() == OracleType.LONG || wanted.type() == OracleType.LONG_RAW) {
      // indicator and return code
      out.zeros(2);
    }
  }

  private void end(Reply reply, Cursor cursor, long rows, End end) {
    reply.ended(session.engine().transactionOpen(), cursor.id(), rows, end);
  }
}
