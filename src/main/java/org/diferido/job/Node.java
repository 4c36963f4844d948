package org.diferido.job;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * This run of the service on this machine. Every start is another node, so that what an earlier run
 * left behind is never taken for this one's.
 *
 * @param name the configured or the host's name, and eight hex digits of its own
 */
public record Node(String name) {

  private static final int LONGEST_PREFIX = 100;

  /** A new node under a name for people; a blank one stands for the host's. */
  public static Node starting(String configured) {
    byte[] own = new byte[4];
    new SecureRandom().nextBytes(own);
    String prefix = configured.isBlank() ? hostName() : configured.strip();
    String kept = prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX));
    return new Node(kept + "-" + HexFormat.of().formatHex(own));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
