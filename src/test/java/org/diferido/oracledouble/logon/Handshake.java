package org.diferido.oracledouble.logon;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.NetConnection;
import org.diferido.oracledouble.wire.Packet;
import org.diferido.oracledouble.wire.TtcInput;
import org.diferido.oracledouble.wire.TtcOutput;

/** From the first packet to a common dialect. */
public final class Handshake {

  private static final int NET_VERSION = 318;
  private static final int NET_VERSION_WITH_LONG_HEADERS = 315;
  private static final int HEADER = 8;
  private static final int NO_NATIVE_SERVICES = 0x0C;
  private static final int AL32UTF8 = 873;
  private static final int REPRESENTATION_OF = 27;
  private static final Pattern SERVICE = Pattern.compile("(?i)\\((?:SERVICE_NAME|SID)=([^)]*)\\)");

  /** What makes the drivers speak as they do here; all the rest is 0. Pairs of index and value. */
  private static final int[] COMPILE_TIME = {
    0,
    6,
    1,
    1,
    2,
    1,
    3,
    1,
    4,
    0xEA, // kinds of logon
    7,
    Dialect.FIELD_VERSION,
    8,
    1,
    9,
    1,
    10,
    1,
    11,
    1,
    12,
    1,
    13,
    1,
    15,
    0x29, // status at the end of each call
    16,
    0x91,
    17,
    3,
    18,
    7,
    19,
    3,
    21,
    1,
    23,
    0xCF, // LOBs: 64 bit sizes, prefetch
    26,
    4,
    27,
    1, // type codes of two bytes
    34,
    12,
    37,
    0x20 // long values in chunks
  };

  private static final int[] RUN_TIME = {
    0, 2, 6, 4 // VARCHAR2 of 32 KB
  };

  private final NetConnection net;

  public Handshake(NetConnection net) {
    this.net = net;
  }

  /**
   * Answers the CONNECT packet.
   *
   * @param known the services that there are, in the client's spelling
   * @throws EOFException after refusing an unknown one
   */
  public void connect(Predicate<String> known) throws IOException {
    Packet first = net.take();
    if (first.type() != Packet.CONNECT) {
      throw new ProtocolException("expected CONNECT, got packet " + first.type());
    }
    ByteBuffer fields = ByteBuffer.wrap(first.body());
    int version = Math.min(fields.getShort(0), NET_VERSION);
    Matcher service = SERVICE.matcher(connectData(first.body(), fields));
    if (!service.find() || !known.test(service.group(1))) {
      refuse();
      throw new EOFException("unknown service");
    }
    accept(version);
  }

  /** Long ones come in a packet of their own. */
  private String connectData(byte[] body, ByteBuffer fields) throws IOException {
    int length = fields.getShort(16);
    int offset = fields.getShort(18) - HEADER;
    if (offset + length <= body.length) {
      return new String(body, offset, length, StandardCharsets.US_ASCII);
    }
    return new String(net.nextData(), StandardCharsets.US_ASCII);
  }

  private void refuse() throws IOException {
    String text =
        "(DESCRIPTION=(TMP=)(VSNNUM=0)(ERR=12514)(ERROR_STACK=(ERROR=(CODE=12514)(EMFI=4))))";
    TtcOutput body = new TtcOutput().u8(0x22).u8(0).u16(text.length());
    body.raw(text.getBytes(StandardCharsets.US_ASCII));
    net.send(Packet.REFUSE, body.toBytes());
  }

  private void accept(int version) throws IOException {
    boolean longHeaders = version >= NET_VERSION_WITH_LONG_HEADERS;
    TtcOutput body = new TtcOutput();
    // no options: without attention bits, breaks come in the stream
    body.u16(version).u16(1).u16(NetConnection.SDU).u16(65535).u16(0x0100);
    body.u16(0).u16(longHeaders ? 45 : 32).u8(NO_NATIVE_SERVICES).u8(NO_NATIVE_SERVICES).zeros(8);
    if (longHeaders) {
      body.u32(NetConnection.SDU).u32(2097152).u8(0).u32(0);
      // before the client can answer
      net.expectLongHeaders();
    }
    net.send(Packet.ACCEPT, body.toBytes());
    if (longHeaders) {
      net.sendLongHeaders();
    }
  }

  /** Tells who the server is and what it can. */
  public void protocol(TtcInput in) throws IOException {
    in.rest();
    TtcOutput out = new TtcOutput().u8(1).u8(6).u8(0);
    out.raw("x86_64/Linux 2.4.xx\0".getBytes(StandardCharsets.US_ASCII));
    out.u16LittleEndian(AL32UTF8).u8(1).u16LittleEndian(0);
    // a block that ends with the national character set, 2000
    out.u16(11).zeros(9).u16(2000);
    net.send(capabilities(capabilities(out, 53, COMPILE_TIME), 11, RUN_TIME));
  }

  private static TtcOutput capabilities(TtcOutput out, int count, int[] pairs) {
    byte[] all = new byte[count];
    for (int at = 0; at < pairs.length; at += 2) {
      all[pairs[at]] = (byte) pairs[at + 1];
    }
    return out.u8(count).raw(all);
  }

  /** Says yes to every type that the client names. */
  public Dialect dataTypes(TtcInput in) throws IOException {
    in.skipBytes(4);
    boolean textIsClr = (in.u8() & 2) != 0;
    byte[] compileTime = in.bytes(in.u8());
    byte[] runTime = in.bytes(in.u8());
    TtcOutput out = new TtcOutput().u8(2);
    if ((runTime[1] & 1) != 0) {
      echoTimeZone(in, out, (compileTime[37] & 2) != 0);
    }
    boolean longScales = echoTypes(ByteBuffer.wrap(in.rest()), out);
    net.send(out);
    return new Dialect(Math.min(Dialect.FIELD_VERSION, compileTime[7]), textIsClr, longScales);
  }

  private static void echoTimeZone(TtcInput in, TtcOutput out, boolean withVersion)
      throws IOException {
    in.skipBytes(11);
    out.raw(new byte[] {(byte) 0x80, 0, 0, 0, 60, 60, (byte) 0x80, 0, 0, 0, 0});
    if (withVersion) {
      in.skipBytes(4);
      out.u32(0x20);
    }
  }

  /** Whether the client, as ojdbc does, has scales of variable length: seen, not documented. */
  private static boolean echoTypes(ByteBuffer types, TtcOutput out) {
    boolean longScales = false;
    for (int type = types.getShort(); type != 0; type = types.getShort()) {
      int conversion = types.getShort();
      out.u16(type).u16(conversion);
      if (conversion != 0) {
        int representation = types.getShort();
        types.getShort();
        longScales |= type == REPRESENTATION_OF && representation == 1;
        out.u16(representation).u16(0);
      }
    }
    out.u16(0);
    return longScales;
  }
}
