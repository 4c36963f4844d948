package org.diferido.rest.ui;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.TaggedBody;
import org.diferido.rest.problem.ReadOnlyServlet;
import org.diferido.security.BrowserSignIn;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The files under {@code /ui/} of the WAR and no others, without a token: there is nothing in them
 * but programs. What has no version in its path is asked for again each time, with its ETag.
 */
public class UiServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;
  private static final String ROOT = "/ui";
  private static final String A_YEAR = "public, max-age=31536000, immutable";

  private transient @Nullable UiFiles files;
  private transient String policy = "";

  @Override
  public void init() {
    Map<String, byte[]> contents = new TreeMap<>();
    read(ROOT + "/", contents);
    files = new UiFiles(contents);
    policy = policy(BrowserSignIn.from(ConfigProvider.getConfig()).map(BrowserSignIn::origin));
  }

  /** Folders end with a slash (Servlet 6.0, getResourcePaths). */
  private void read(String folder, Map<String, byte[]> contents) {
    ServletContext context = getServletContext();
    Set<String> paths = context.getResourcePaths(folder);
    for (String path : paths == null ? Set.<String>of() : paths) {
      if (path.endsWith("/")) {
        read(path, contents);
      } else {
        try (InputStream file = context.getResourceAsStream(path)) {
          if (file != null) {
            contents.put(path.substring(ROOT.length()), file.readAllBytes());
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /**
   * Programs, styles and answers of this service alone, and of the issuer where people sign in;
   * nothing that is written into a page (Content Security Policy Level 3).
   */
  static String policy(Optional<String> issuer) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
        + " connect-src 'self'"
        + issuer.map(origin -> " " + origin).orElse("")
        + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  @Override
  protected void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    Optional<UiFiles.Found> found = files == null ? Optional.empty() : files.find(path);
    if (found.isEmpty()) {
      // While nodes are changed, the one that comes next may have it.
      response.setHeader("Cache-Control", "no-store");
      refuse(Failure.of(FailureCode.PATH_NOT_FOUND), request, response);
      return;
    }
    UiFile file = found.get().file();
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cache-Control", found.get().isFixed() ? A_YEAR : "no-cache");
    response.addHeader("Vary", "Accept-Encoding");
    boolean packed = UiFile.mayBePacked(request.getHeader("Accept-Encoding"));
    // Other bytes have another tag (RFC 9110, section 8.8.3.3).
    String tag = packed ? file.tag() + "-gzip" : file.tag();
    response.setHeader("ETag", '"' + tag + '"');
    if (TaggedBody.isAmong(tag, request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    if (packed) {
      response.setHeader("Content-Encoding", "gzip");
    }
    send(packed ? file.packed() : file.bytes(), file.mediaType(), request, response);
  }
}
