package org.diferido.rest.edge;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who asks, and how, when there may be a proxy in between. What a request says of itself ({@code
 * X-Forwarded-For}, {@code X-Forwarded-Proto}) counts only when it comes from a proxy that the
 * configuration names: anybody can write a header.
 */
@Singleton
public class ForwardedRequest {

  private final EdgeSettings settings;

  @Inject
  public ForwardedRequest(EdgeSettings settings) {
    this.settings = settings;
  }

  /** The address of who asks: the last one that no proxy of ours has. */
  public String clientAddress(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    for (String before : hops(request)) {
      if (!isProxy(address)) {
        break;
      }
      address = before;
    }
    return address;
  }

  /** Whether it comes from a proxy whose word counts. */
  boolean isFromProxy(HttpServletRequest request) {
    return isProxy(request.getRemoteAddr());
  }

  /** Whether who asks does so over TLS. */
  boolean isSecure(HttpServletRequest request) {
    return request.isSecure()
        || (isFromProxy(request)
            && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
  }

  private boolean isProxy(String address) {
    return settings.proxies().stream().anyMatch(range -> range.contains(address));
  }

  /** The nearest first; each proxy adds whom it saw at the end. */
  private static List<String> hops(HttpServletRequest request) {
    List<String> hops = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
      for (String hop : line.split(",")) {
        hops.add(hop.strip());
      }
    }
    Collections.reverse(hops);
    return hops;
  }
}
