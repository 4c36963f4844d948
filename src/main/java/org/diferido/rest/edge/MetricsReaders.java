package org.diferido.rest.edge;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Who may read the metrics without a token, by the address: this machine, and whom {@code
 * diferido.metrics.from} lists.
 */
@Singleton
public class MetricsReaders {

  /** What a request has that somebody has passed on; nobody else writes them. */
  private static final List<String> OF_PROXIES =
      List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

  /** What a header says may be a name, which is not looked up. */
  private static final List<AddressRange> LOOPBACK =
      List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1"));

  private final EdgeSettings settings;
  private final ForwardedRequest forwarded;

  @Inject
  public MetricsReaders(EdgeSettings settings, ForwardedRequest forwarded) {
    this.settings = settings;
    this.forwarded = forwarded;
  }

  /**
   * Whether a request comes from one of them. One that was passed on by a proxy which nobody has
   * listed comes from anywhere.
   */
  public boolean areAsking(HttpServletRequest request) {
    if (!forwarded.isFromProxy(request)
        && OF_PROXIES.stream().anyMatch(name -> request.getHeader(name) != null)) {
      return false;
    }
    String address = forwarded.clientAddress(request);
    return (isAmong(LOOPBACK, address) && Loopback.isNamed(request))
        || isAmong(settings.metricsReaders(), address);
  }

  private static boolean isAmong(List<AddressRange> ranges, String address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
