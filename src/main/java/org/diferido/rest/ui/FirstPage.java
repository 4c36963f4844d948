package org.diferido.rest.ui;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The console at {@code /}. A filter, since Payara (6.2025.10) gives a servlet that is mapped to
 * the root alone (Servlet 6.0, section 12.2) nothing where JAX-RS has all paths.
 */
public class FirstPage extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getRequestURI().equals(request.getContextPath() + "/")) {
      request.getRequestDispatcher("/ui" + UiFiles.PAGE).forward(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
