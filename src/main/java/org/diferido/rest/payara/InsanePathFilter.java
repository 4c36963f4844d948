package org.diferido.rest.payara;

import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;

/** Leads a request whose path cannot be taken at its word to one where nothing is: a 404. */
final class InsanePathFilter extends BaseFilter {

  private static final String NOWHERE = "/not-a-path";

  @Override
  public NextAction handleRead(FilterChainContext context) {
    if (context.getMessage() instanceof HttpContent content
        && content.getHttpHeader() instanceof HttpRequestPacket request
        && request.getRequestURI() != null
        && !RequestPath.isSane(request.getRequestURI())) {
      request.setRequestURI(NOWHERE);
    }
    return context.getInvokeAction();
  }
}
