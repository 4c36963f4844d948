package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What goes to the server, and what has to be there. */
class WarIT {

  @Test
  void theDriversOfTheDatabasesAreTheServers() throws IOException {
    try (ZipFile war = new ZipFile(System.getProperty("diferido.war"))) {
      List<String> libraries =
          war.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".jar")).toList();
      assertThat(libraries)
          .anyMatch(name -> name.contains("flyway-database-oracle"))
          .noneMatch(name -> name.contains("ojdbc") || name.contains("/postgresql-"));
      assertThat(war.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.contains("oracle/jdbc") || name.contains("oracledouble"));
    }
  }
}
