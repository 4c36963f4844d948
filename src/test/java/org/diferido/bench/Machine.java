package org.diferido.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.database.postgresql.Postgres17;

/** On what was measured; nothing that tells which machine of which owner it is. */
final class Machine {

  private Machine() {}

  static Map<String, String> facts(Stand stand) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", of("/proc/cpuinfo", "model name"));
    facts.put("processors", "" + Runtime.getRuntime().availableProcessors());
    facts.put("memory", of("/proc/meminfo", "MemTotal"));
    facts.put(
        "load before", "" + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    facts.put("file system of the data", Files.getFileStore(stand.folder()).type());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("Java", System.getProperty("java.vm.version"));
    facts.put(
        "PostgreSQL", Postgres17.column(stand.database().source(), "SHOW server_version").get(0));
    for (String setting :
        new String[] {"fsync", "synchronous_commit", "wal_sync_method", "shared_buffers"}) {
      facts.put(setting, Postgres17.column(stand.database().source(), "SHOW " + setting).get(0));
    }
    facts.put("Payara Micro", System.getProperty("diferido.server.version"));
    facts.put(
        "service",
        "heap 512 MB; 16 workers and pools of 16 and 4 more connections, 66 and 4 for running calls");
    return facts;
  }

  private static String of(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
