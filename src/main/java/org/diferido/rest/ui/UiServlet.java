package org.diferido.rest.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.problem.ReadOnlyServlet;

/**
 * The files under {@code /ui/}, without a token: there is nothing in them but programs. Each is
 * asked for again with its ETag, so that a new version is never mixed with an old one.
 */
public class UiServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;
  private static final int TAG_BYTES = 16;

  /** The only names that are looked for at all. */
  private static final Pattern FILE = Pattern.compile("(?:/[a-z0-9][a-z0-9-]*)+\\.([a-z0-9]+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  /** Programs, styles and answers of this service alone; nothing that is written into a page. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final transient Map<String, Loaded> files = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // files are sent, and never compared
  private record Loaded(byte[] bytes, String tag) {}

  @Override
  protected void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    Matcher name = FILE.matcher(path);
    Optional<String> type =
        name.matches() ? Optional.ofNullable(TYPES.get(name.group(1))) : Optional.empty();
    Optional<Loaded> file = type.isEmpty() ? Optional.empty() : load(path);
    if (type.isEmpty() || file.isEmpty()) {
      refuse(Failure.of(FailureCode.PATH_NOT_FOUND), request, response);
      return;
    }
    String tag = '"' + file.get().tag + '"';
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", tag);
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    } else {
      send(file.get().bytes, type.get(), request, response);
    }
  }

  private Optional<Loaded> load(String path) throws IOException {
    Loaded known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    try (InputStream stream = getServletContext().getResourceAsStream("/ui" + path)) {
      if (stream == null) {
        return Optional.empty();
      }
      byte[] bytes = stream.readAllBytes();
      Loaded loaded = new Loaded(bytes, tag(bytes));
      files.put(path, loaded);
      return Optional.of(loaded);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
