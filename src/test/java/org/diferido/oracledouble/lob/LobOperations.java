package org.diferido.oracledouble.lob;

import java.io.IOException;
import java.util.Arrays;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.OracleType;
import org.diferido.oracledouble.wire.Reply;
import org.diferido.oracledouble.wire.TtcInput;
import org.diferido.oracledouble.wire.TtcOutput;

/** What a client does with a locator. */
public final class LobOperations {

  private static final int PARAMETERS = 8;
  private static final int DATA = 14;
  private static final int CHUNK = 8132;

  private static final int LENGTH = 0x1;
  private static final int READ = 0x2;
  private static final int TRIM = 0x20;
  private static final int WRITE = 0x40;
  private static final int CREATE_TEMPORARY = 0x110;
  private static final int FREE_TEMPORARY = 0x111;
  private static final int CHUNK_SIZE = 0x4000;
  private static final int OPEN = 0x8000;
  private static final int CLOSE = 0x10000;
  private static final int IS_OPEN = 0x11000;

  private final LobStore store;

  public LobOperations(LobStore store) {
    this.store = store;
  }

  /** A request that wants no answer: temporary LOBs are given back, all in one piece. */
  public void piggyback(TtcInput in) throws IOException {
    byte[] locators = new LobRequest(in).locator();
    for (int at = 0; at < locators.length; at += LobStore.LOCATOR_LENGTH) {
      store.free(Arrays.copyOfRange(locators, at, at + LobStore.LOCATOR_LENGTH));
    }
  }

  /** Does one, and writes all of the answer but its end. */
  public void function(TtcInput in, Reply reply) throws IOException {
    LobRequest request = new LobRequest(in);
    byte[] data = null;
    long amount = 0;
    // node-oracledb has the data before the amount, ojdbc behind it.
    if (request.operation() == WRITE && in.peek() == DATA) {
      data = data(in);
      amount = request.hasAmount() ? in.ub() : 0;
    } else {
      amount = request.hasAmount() ? in.ub() : 0;
      data = request.operation() == WRITE ? data(in) : null;
    }
    answer(request, amount, data, reply.out());
  }

  private static byte[] data(TtcInput in) throws IOException {
    in.u8();
    byte[] data = in.clr();
    return data == null ? new byte[0] : data;
  }

  private void answer(LobRequest request, long amount, byte[] data, TtcOutput out) {
    boolean creates = request.operation() == CREATE_TEMPORARY;
    byte[] locator = creates ? create(request) : request.locator();
    long result = creates ? amount : perform(request, amount, data, out);
    out.u8(PARAMETERS).raw(locator);
    if (creates) {
      out.ub(0).u8(0);
    }
    if (request.hasAmount()) {
      out.ub(result);
    }
    if (request.hasBoolean() && !creates) {
      out.u8(0);
    }
  }

  private byte[] create(LobRequest request) {
    int type = request.kind() == OracleType.BLOB ? OracleType.BLOB : OracleType.CLOB;
    byte[] locator = store.keep(type, new LobValue(new byte[0]));
    return Arrays.copyOf(locator, Math.max(locator.length, request.locator().length));
  }

  /** The amount to answer. */
  private long perform(LobRequest request, long amount, byte[] data, TtcOutput out) {
    int unit = LobStore.unit(request.locator());
    int at = Math.toIntExact((request.from() - 1) * unit);
    return switch (Math.toIntExact(request.operation())) {
      case LENGTH -> store.find(request.locator()).length() / unit;
      case READ -> read(store.find(request.locator()), at, amount, unit, out);
      case WRITE -> {
        store.find(request.locator()).write(at, data);
        yield data.length / unit;
      }
      case TRIM -> {
        store.find(request.locator()).trim(Math.toIntExact(amount * unit));
        yield amount;
      }
      case FREE_TEMPORARY -> {
        store.free(request.locator());
        yield amount;
      }
      case CHUNK_SIZE -> CHUNK;
      case OPEN, CLOSE, IS_OPEN -> amount;
      default ->
          throw new UnknownException("LOB operation " + Long.toHexString(request.operation()));
    };
  }

  private static long read(LobValue value, int at, long amount, int unit, TtcOutput out) {
    int from = Math.min(at, value.length());
    int to = (int) Math.min(from + amount * unit, value.length());
    out.u8(DATA).clr(value.range(from, to));
    int length = to - from;
    return length / unit;
  }
}
