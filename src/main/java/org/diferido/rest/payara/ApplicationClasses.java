package org.diferido.rest.payara;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Loads what the application may need to come to rest, while it can be loaded: at a signal Payara
 * Micro deletes its own folder, the unpacked application in it, and only then stops the application
 * (seen in 6.2025.10). A class that is first needed to cancel a call would not be found.
 */
final class ApplicationClasses {

  private static final Logger LOG = System.getLogger(ApplicationClasses.class.getName());
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String LIBRARIES = "/WEB-INF/lib/";
  private static final String SUFFIX = ".class";

  private final ServletContext application;

  ApplicationClasses(ServletContext application) {
    this.application = application;
  }

  /** Loads our own classes and those of the library that the registry is written with. */
  void load() {
    long loaded = under(CLASSES).filter(this::isLoaded).count();
    for (String library : within(LIBRARIES)) {
      if (library.startsWith(LIBRARIES + "jdbi3-core")) {
        loaded += inside(library);
      }
    }
    LOG.log(Level.DEBUG, "{0} classes are loaded ahead", loaded);
  }

  private Stream<String> under(String folder) {
    return within(folder).stream()
        .flatMap(path -> path.endsWith("/") ? under(path) : Stream.of(path))
        .map(path -> path.startsWith(CLASSES) ? path.substring(CLASSES.length()) : path);
  }

  private Set<String> within(String folder) {
    Set<String> paths = application.getResourcePaths(folder);
    return paths == null ? Set.of() : paths;
  }

  private long inside(String library) {
    long loaded = 0;
    try (InputStream file = application.getResourceAsStream(library);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry each = entries.getNextEntry(); each != null; each = entries.getNextEntry()) {
        if (isLoaded(each.getName())) {
          loaded++;
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be read: {1}", library, e);
    }
    return loaded;
  }

  private boolean isLoaded(String path) {
    if (!path.endsWith(SUFFIX) || path.startsWith("META-INF/") || path.endsWith("-info.class")) {
      return false;
    }
    String name = path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    try {
      Class.forName(name, false, application.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      // A part of a library whose own needs are not there, such as another language: nobody uses
      // it.
      LOG.log(Level.DEBUG, "{0} is not loaded ahead: {1}", name, e);
      return false;
    }
  }
}
