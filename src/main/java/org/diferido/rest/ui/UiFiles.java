package org.diferido.rest.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All files of the pages, by their paths, read once. Their version is a digest of them all, and
 * part of the paths by which {@value #PAGE} asks for the others: {@code /ui/<version>/js/app.js}.
 * What such a path gives never changes, so that a browser need not ask again; and since scripts
 * name each other relatively, those of one version do not meet those of another, but while nodes
 * are changed.
 */
final class UiFiles {

  /** The console. */
  static final String PAGE = "/index.html";

  private static final Pattern VERSIONED = Pattern.compile("/v([0-9a-f]{32})(/.*)");

  /** How the page names a file of its own. */
  private static final String OWN = "=\"/ui/";

  private final Map<String, UiFile> files = new TreeMap<>();
  private final String version;

  /**
   * A file, as it is asked for.
   *
   * @param isFixed whether its path can never give anything else
   */
  record Found(UiFile file, boolean isFixed) {}

  /**
   * @param contents by their paths below {@code /ui}; what a browser is not given is left out
   */
  UiFiles(Map<String, byte[]> contents) {
    MessageDigest all = UiFile.sha256();
    new TreeMap<>(contents)
        .forEach(
            (path, bytes) ->
                UiFile.mediaType(path)
                    .ifPresent(
                        type -> {
                          UiFile file = UiFile.of(bytes, type);
                          files.put(path, file);
                          all.update(
                              (path + " " + file.tag() + "\n").getBytes(StandardCharsets.UTF_8));
                        }));
    version = UiFile.digest(all, new byte[0]);
    files.computeIfPresent(PAGE, (path, page) -> versioned(page));
  }

  private UiFile versioned(UiFile page) {
    String text = new String(page.bytes(), StandardCharsets.UTF_8);
    byte[] bytes = text.replace(OWN, OWN + "v" + version + "/").getBytes(StandardCharsets.UTF_8);
    return UiFile.of(bytes, page.mediaType());
  }

  /**
   * What is at a path. Another version's is this one's, and not fixed: while the nodes are changed
   * one after the other, a page of the new one may ask the old one, and the other way round.
   *
   * @param path below {@code /ui}
   */
  Optional<Found> find(String path) {
    Matcher versioned = VERSIONED.matcher(path);
    boolean hasVersion = versioned.matches();
    UiFile file = files.get(hasVersion ? versioned.group(2) : path);
    return file == null
        ? Optional.empty()
        : Optional.of(new Found(file, hasVersion && versioned.group(1).equals(version)));
  }
}
