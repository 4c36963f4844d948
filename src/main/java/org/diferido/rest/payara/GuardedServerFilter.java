package org.diferido.rest.payara;

import java.io.IOException;
import org.diferido.rest.edge.OpenConnection;
import org.diferido.rest.problem.RequestPath;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * Leads a request whose path cannot be taken at its word to one where nothing is, a 404, and leaves
 * everything else to the server's own filter, in whose place it stands. Whoever answers the request
 * may close its connection.
 */
final class GuardedServerFilter extends BaseFilter {

  private final Filter own;

  GuardedServerFilter(Filter own) {
    this.own = own;
  }

  /** The server's own filter. */
  Filter own() {
    return own;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    if (context.getMessage() instanceof HttpContent content
        && content.getHttpHeader() instanceof HttpRequestPacket request
        && request.getRequestURI() != null
        && !RequestPath.isSane(request.getRequestURI())) {
      request.setRequestURI(RequestPath.NOWHERE);
    }
    return OpenConnection.during(
        () -> context.getConnection().terminateSilently(), () -> own.handleRead(context));
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) throws IOException {
    return own.handleWrite(context);
  }

  @Override
  public NextAction handleConnect(FilterChainContext context) throws IOException {
    return own.handleConnect(context);
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    return own.handleAccept(context);
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event)
      throws IOException {
    return own.handleEvent(context, event);
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    return own.handleClose(context);
  }

  @Override
  public void exceptionOccurred(FilterChainContext context, Throwable error) {
    own.exceptionOccurred(context, error);
  }
}
