package org.diferido.it;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.diferido.procedure.ProcedureGateway;

/**
 * Asks the gateway of the application that it was added to to cancel a call: {@code POST
 * /test/cancel?id=…} answers {@code true} or {@code false}. The exact path is the servlet's, all
 * others stay those of the application.
 */
@WebServlet(CancelServlet.PATH)
public class CancelServlet extends HttpServlet {

  static final String PATH = "/test/cancel";

  private static final long serialVersionUID = 1L;

  @Inject private transient ProcedureGateway gateway;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print(gateway.cancel(request.getParameter("id")));
  }
}
