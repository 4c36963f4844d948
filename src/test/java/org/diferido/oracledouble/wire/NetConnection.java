package org.diferido.oracledouble.wire;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The packets of one client. A thread of its own reads them, so that a break is seen at once. */
public final class NetConnection implements Closeable {

  public static final int SDU = 8192;
  private static final int HEADER = 8;
  private static final int DATA_FLAGS = 2;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final BlockingQueue<Packet> arrived = new LinkedBlockingQueue<>();
  private final Thread reader;
  private final Listener listener;
  private volatile boolean longHeadersIn;
  private volatile boolean longHeadersOut;

  /** Is told of what cannot wait; called by the reading thread. */
  public interface Listener {
    void marker();

    void gone();
  }

  public NetConnection(Socket socket, String name, Listener listener) throws IOException {
    this.socket = socket;
    this.listener = listener;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
    reader = new Thread(this::read, name + "-packets");
    reader.setDaemon(true);
  }

  public void start() {
    reader.start();
  }

  /** From now on lengths have four bytes in what the client sends. */
  public void expectLongHeaders() {
    longHeadersIn = true;
  }

  public void sendLongHeaders() {
    longHeadersOut = true;
  }

  private void read() {
    try {
      while (true) {
        Packet packet = readPacket();
        if (packet.type() == Packet.MARKER) {
          listener.marker();
        }
        arrived.add(packet);
      }
    } catch (IOException | RuntimeException e) {
      arrived.add(new Packet(Packet.GONE, new byte[0]));
      listener.gone();
    }
  }

  private Packet readPacket() throws IOException {
    byte[] header = new byte[HEADER];
    in.readFully(header);
    int type = header[4];
    ByteBuffer start = ByteBuffer.wrap(header);
    boolean longHeader = longHeadersIn && type != Packet.CONNECT;
    int length = longHeader ? start.getInt() : start.getShort() & 0xFFFF;
    byte[] body = new byte[length - HEADER];
    in.readFully(body);
    return new Packet(type, body);
  }

  public Packet take() throws IOException {
    try {
      return arrived.take();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException cause) {
    IOException interrupted = new InterruptedIOException("the session was stopped");
    interrupted.initCause(cause);
    return interrupted;
  }

  /** The payload of the next DATA packet; null when the client has closed. */
  public byte[] nextData() throws IOException {
    while (true) {
      Packet packet = take();
      if (packet.isEndOfFile()) {
        return null;
      }
      if (packet.type() == Packet.DATA) {
        return Arrays.copyOfRange(packet.body(), DATA_FLAGS, packet.body().length);
      }
      // A marker while nothing runs: the answer crossed a cancel, which is void.
    }
  }

  public void send(int type, byte[] body) throws IOException {
    TtcOutput packet = new TtcOutput();
    int length = body.length + HEADER;
    if (longHeadersOut) {
      packet.u32(length);
    } else {
      packet.u16(length).u16(0);
    }
    packet.u8(type).u8(0).u16(0).raw(body);
    synchronized (out) {
      out.write(packet.toBytes());
      out.flush();
    }
  }

  public void send(TtcOutput message) throws IOException {
    byte[] bytes = message.toBytes();
    int most = SDU - HEADER - DATA_FLAGS;
    for (int at = 0; at < bytes.length; at += most) {
      byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + most));
      send(Packet.DATA, new TtcOutput().u16(0).raw(some).toBytes());
    }
  }

  /** Tells the client that its call is broken off, and waits a while for its consent. */
  public void exchangeBreak(Duration patience) throws IOException {
    send(Packet.MARKER, new byte[] {1, 0, Packet.BREAK});
    Packet packet;
    do {
      packet = poll(patience);
      if (packet != null && packet.isEndOfFile()) {
        throw new EOFException();
      }
    } while (packet != null && !packet.isReset());
    send(Packet.MARKER, new byte[] {1, 0, Packet.RESET});
  }

  private Packet poll(Duration patience) throws IOException {
    try {
      return arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Cuts the line, as a server does that dies. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as it can be.
    }
  }

  /** Whether its thread has ended. */
  public boolean isOver() {
    return !reader.isAlive();
  }

  public void join(Duration patience) throws InterruptedException {
    reader.join(patience.toMillis());
  }
}
