package org.diferido.rest.wildfly;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import jakarta.servlet.ServletContext;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;
import org.diferido.rest.edge.OpenConnection;
import org.diferido.rest.problem.RequestPath;

/**
 * What Undertow answers by itself before any servlet is asked, brought to the one form: paths that
 * climb or are not UTF-8, and those hidden from everybody, are led to a path where nothing is, and
 * malformed cookies are not read. Whoever answers a request may close its connection.
 *
 * <p>Paths that are no percent-encoding at all never come as far as this: Undertow's parser answers
 * them with an empty 400.
 */
public final class UndertowEdge implements ServletExtension {

  private static final Logger LOG = System.getLogger(UndertowEdge.class.getName());

  private static final Pattern HIDDEN =
      Pattern.compile("/+(WEB-INF|META-INF)(/.*)?", Pattern.CASE_INSENSITIVE);

  private static final HttpString FRAME_OPTIONS = new HttpString(Headers.X_FRAME_OPTIONS_STRING);

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext application) {
    deployment.addInitialHandlerChainWrapper(
        next ->
            exchange -> {
              // As Payara has it on every answer.
              exchange.getResponseHeaders().put(FRAME_OPTIONS, "SAMEORIGIN");
              // Nobody here looks at cookies, and one that is malformed would be a 500.
              exchange.getRequestHeaders().remove(Headers.COOKIE);
              lead(exchange, next);
            });
    // Here, since a request has got the thread on which it is answered.
    deployment.addOuterHandlerChainWrapper(
        next ->
            exchange ->
                OpenConnection.during(
                    () -> close(exchange),
                    () -> {
                      next.handleRequest(exchange);
                      return exchange;
                    }));
  }

  private static void close(HttpServerExchange exchange) {
    Object connection = exchange.getConnection();
    try {
      ((Closeable) connection).close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection is gone already", e);
    }
  }

  private static void lead(HttpServerExchange exchange, HttpHandler next) throws Exception {
    if (!RequestPath.isSane(exchange.getRequestURI())) {
      exchange.setRequestURI(RequestPath.NOWHERE);
      nowhere(exchange);
    } else if (HIDDEN.matcher(exchange.getRelativePath()).matches()) {
      nowhere(exchange);
    }
    next.handleRequest(exchange);
  }

  private static void nowhere(HttpServerExchange exchange) {
    exchange.setRequestPath(RequestPath.NOWHERE);
    exchange.setRelativePath(RequestPath.NOWHERE);
  }
}
