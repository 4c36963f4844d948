package org.diferido.rest.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits (RFC 4632; IPv6 likewise).
 *
 * @param bits how many bits they share
 */
record AddressRange(InetAddress first, int bits) {

  /** Of an address and nothing else: a name would be looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Reads {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code ::1} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static AddressRange parse(String text) {
    String[] sides = text.split("/", -1);
    InetAddress address = address(sides[0]);
    int all = address.getAddress().length * Byte.SIZE;
    int bits = sides.length == 1 ? all : Integer.parseInt(sides[1]);
    if (sides.length > 2 || bits < 0 || bits > all) {
      throw new IllegalArgumentException(text);
    }
    return new AddressRange(address, bits);
  }

  private static InetAddress address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Whether a text is an address of this range. */
  boolean contains(String text) {
    try {
      byte[] other = address(text).getAddress();
      byte[] own = first.getAddress();
      int whole = bits / Byte.SIZE;
      int rest = bits % Byte.SIZE;
      int mask = 0xff << (Byte.SIZE - rest) & 0xff;
      return other.length == own.length
          && Arrays.equals(other, 0, whole, own, 0, whole)
          && (rest == 0 || (other[whole] & mask) == (own[whole] & mask));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
