package org.diferido.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connections at once, on one thread: of what is measured on a machine that has the service
 * and its clients, as little as can be is the clients'.
 */
final class Crowd implements AutoCloseable {

  private static final String TOLD = "\"status\":\"completed\"";

  private final Selector selector = Selector.open();
  private final List<Member> members = new ArrayList<>();

  /** One connection, with what has come and when it was told. */
  private static final class Member {

    private final ByteBuffer request;
    private final StringBuilder come = new StringBuilder();
    private long toldMillis;

    Member(String request) {
      this.request = ByteBuffer.wrap(request.getBytes(US_ASCII));
    }
  }

  Crowd() throws IOException {}

  /** One more, who asks for a path; it need not be connected at once. */
  void join(Client client, String path) throws IOException {
    InetSocketAddress service =
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), java.net.URI.create(client.base()).getPort());
    Member member =
        new Member(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(path, client.token()));
    members.add(member);
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(service);
    channel.register(selector, SelectionKey.OP_CONNECT, member);
  }

  /**
   * Listens until all have been told.
   *
   * @return how many were, in that time
   */
  int listen(Duration atMost) throws IOException {
    Instant until = Instant.now().plus(atMost);
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (told() < members.size() && Instant.now().isBefore(until)) {
      selector.select(key -> ready(key, buffer), 100);
    }
    return told();
  }

  private int told() {
    return (int) members.stream().filter(member -> member.toldMillis != 0).count();
  }

  private static void ready(SelectionKey key, ByteBuffer buffer) {
    SocketChannel channel = (SocketChannel) key.channel();
    Member member = (Member) key.attachment();
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_WRITE);
      } else if (key.isWritable()) {
        channel.write(member.request);
        key.interestOps(
            member.request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        read(channel, member, buffer, key);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private static void read(
      SocketChannel channel, Member member, ByteBuffer buffer, SelectionKey key)
      throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      key.cancel();
      return;
    }
    member.come.append(US_ASCII.decode(buffer.flip()));
    if (member.toldMillis == 0 && member.come.indexOf(TOLD) >= 0) {
      member.toldMillis = System.currentTimeMillis();
      key.cancel();
    }
  }

  /** When the last of them was told. */
  Instant last() {
    return Instant.ofEpochMilli(
        members.stream().mapToLong(member -> member.toldMillis).max().orElseThrow());
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
