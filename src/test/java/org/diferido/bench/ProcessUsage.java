package org.diferido.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes use of the machine, as Linux and the JVM tell. */
final class ProcessUsage {

  /** USER_HZ, which is 100 on every Linux that Java 17 runs on. */
  private static final int MILLIS_PER_TICK = 10;

  /** Of what follows the name in {@code stat}: utime, stime, and those of children that ended. */
  private static final int FIRST_TIME = 11;

  private static final Pattern USED = Pattern.compile("(?m)^ .*total \\d+K, used (\\d+)K");

  private ProcessUsage() {}

  /** CPU time of one process. */
  static long cpuMillis(long pid) throws IOException {
    return cpuMillis(pid, 2);
  }

  /** CPU time of a process and of all its children, also of those that have ended. */
  static long cpuMillisOfTree(ProcessHandle parent) throws IOException {
    long sum = cpuMillis(parent.pid(), 4);
    try (Stream<ProcessHandle> children = parent.children()) {
      for (ProcessHandle child : children.toList()) {
        sum += cpuMillis(child.pid(), 2);
      }
    }
    return sum;
  }

  private static long cpuMillis(long pid, int times) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields =
          Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
      return fields.subList(FIRST_TIME, FIRST_TIME + times).stream()
          .mapToLong(ticks -> Long.parseLong(ticks) * MILLIS_PER_TICK)
          .sum();
    } catch (NoSuchFileException e) {
      // It ended meanwhile, and counts among the ended children of its parent.
      return 0;
    }
  }

  /** What of it is in the memory of the machine. */
  static double residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  /** What is alive in the heap of a JVM: after a collection of all of it. */
  static double heapMegabytes(long pid) throws IOException, InterruptedException {
    // Twice: what waits for a finalizer or a cleaner goes with the second.
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    double sum = 0;
    while (used.find()) {
      sum += Long.parseLong(used.group(1)) / 1024.0;
      if (used.group().contains("garbage-first")) {
        return sum;
      }
    }
    return sum;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), "" + pid, command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + told);
    }
    return told;
  }
}
