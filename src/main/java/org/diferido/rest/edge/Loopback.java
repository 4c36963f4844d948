package org.diferido.rest.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Requests of this machine to itself. */
public final class Loopback {

  /** An address, which is never looked up. */
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:]+\\]?");

  private Loopback() {}

  /** By the name as well: a page of elsewhere may have its own name lead to this machine. */
  public static boolean isAsked(HttpServletRequest request) {
    return isNamed(request) && isLoopback(request.getRemoteAddr());
  }

  /** Whether the request is to this machine by a name that can only be its own. */
  static boolean isNamed(HttpServletRequest request) {
    String name = request.getServerName();
    return name.equalsIgnoreCase("localhost")
        || (NUMERIC.matcher(name).matches() && isLoopback(name));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
