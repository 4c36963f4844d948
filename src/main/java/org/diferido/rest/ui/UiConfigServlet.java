package org.diferido.rest.ui;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.diferido.demo.DemoMode;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.problem.ReadOnlyServlet;
import org.diferido.rest.problem.Refusal;
import org.diferido.security.BrowserSignIn;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** How the console's people sign in, to anybody: nobody has signed in yet who needs it. */
public class UiConfigServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;
  private static final JsonProvider JSON = JsonProvider.provider();

  @Override
  protected void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Config config = ConfigProvider.getConfig();
    Optional<Failure> refusal = Refusal.of(request);
    Optional<JsonObject> told =
        refusal.isPresent()
            ? Optional.empty()
            : told(DemoMode.issuesTokens(), BrowserSignIn.from(config));
    if (told.isEmpty()) {
      refuse(
          refusal.orElseGet(
              () -> Failure.of(FailureCode.NOT_CONFIGURED, BrowserSignIn.missing(config))),
          request,
          response);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    byte[] body = told.get().toString().getBytes(StandardCharsets.UTF_8);
    send(body, "application/json", request, response);
  }

  /** Made-up people, or the issuer that has the real ones; nothing where there is neither. */
  static Optional<JsonObject> told(boolean demo, Optional<BrowserSignIn> signIn) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("demo", demo);
    if (demo) {
      return Optional.of(json.build());
    }
    return signIn.map(
        where -> {
          json.add("issuer", where.issuer()).add("client_id", where.clientId());
          Optional.ofNullable(where.scope()).ifPresent(scope -> json.add("scope", scope));
          return json.build();
        });
  }
}
