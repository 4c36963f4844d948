package org.diferido.rest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.HandClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

  private final HandClock clock = new HandClock();

  @TempDir private Path folder;

  private static Map<String, Object> line(String caller, String procedure, int status) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("caller", caller);
    line.put("procedure", procedure);
    line.put("status", status);
    return line;
  }

  @Test
  void eachRequestIsALineOfJson() throws IOException {
    Path file = folder.resolve("100% audit.jsonl");
    AuditLog log = new AuditLog(clock, "" + file);
    log.write(line("ana.gomez", null, 202));
    log.write(line("ñandú", "P\n{\"caller\":\"bruno\"}", 404));
    log.close();
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"time\":\"2025-12-10T14:30:00Z\",\"caller\":\"ana.gomez\",\"status\":202}",
            "{\"time\":\"2025-12-10T14:30:00Z\",\"caller\":\"ñandú\","
                + "\"procedure\":\"P\\n{\\\"caller\\\":\\\"bruno\\\"}\",\"status\":404}");
  }

  @Test
  void aRestartGoesOnInTheSameFile() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    for (int starts = 0; starts < 2; starts++) {
      AuditLog log = new AuditLog(clock, "" + file);
      log.write(line("ana.gomez", "P", 202));
      log.close();
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void whatIsLongIsCut() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    AuditLog log = new AuditLog(clock, "" + file);
    log.write(line("ana.gomez", "p".repeat(100_000), 202));
    log.close();
    assertThat(Files.size(file)).isLessThan(500);
  }

  @Test
  void aFileThatCannotBeWrittenIsTold() {
    assertThatThrownBy(() -> new AuditLog(clock, "" + folder.resolve("nowhere/audit.jsonl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("diferido.audit.file");
  }
}
