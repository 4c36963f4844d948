package org.diferido.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run has shown, for people: a section per test, printed and kept in target/faults. */
final class Report {

  private static final Path FILE = Path.of("target", "faults", "report.txt");
  private static final int MOST_WORDS = 40;
  private static final long BEGIN = System.nanoTime();
  private static boolean begun;

  private final String title;
  private final long begin = System.nanoTime();
  private final List<String> lines = new ArrayList<>();

  Report(String title) {
    this.title = title;
  }

  /** The seed of this run: {@code -Dfaults.seed}, or a new one. */
  static long seed() {
    return Seed.VALUE;
  }

  private static final class Seed {
    static final long VALUE = number("faults.seed", System.nanoTime() % 1_000_000_000);
  }

  /** A number that the command may give. */
  static long number(String property, long otherwise) {
    String given = System.getProperty(property);
    return given == null ? otherwise : Long.parseLong(given);
  }

  void line(String name, Object value) {
    lines.add("  %-12s %s".formatted(name, value));
  }

  void lines(String name, Map<?, ? extends Number> counted) {
    line(name, counted.isEmpty() ? "none" : "");
    counted.forEach((what, times) -> lines.add("    %6d  %s".formatted(times.longValue(), what)));
  }

  void lines(String name, List<?> each) {
    line(name, each.isEmpty() ? "none" : "");
    each.forEach(one -> lines.add("    " + one));
  }

  void findings(List<Finding> findings) {
    Map<Finding.Kind, Long> kinds =
        findings.stream()
            .collect(Collectors.groupingBy(Finding::kind, TreeMap::new, Collectors.counting()));
    lines("findings", kinds);
    lines("in words", findings.stream().limit(MOST_WORDS).toList());
  }

  /** Adds the section to the file, which is a new one for each run, and prints it. */
  void write() throws IOException {
    line("took", seconds(begin) + " s");
    synchronized (Report.class) {
      Files.createDirectories(FILE.getParent());
      if (!begun) {
        Files.writeString(FILE, "Faults with -Dfaults.seed=" + seed() + System.lineSeparator());
        begun = true;
      }
      String section =
          "%n%s (%s s after the first)%n%s%n"
              .formatted(title, seconds(BEGIN), String.join(System.lineSeparator(), lines));
      Files.writeString(FILE, section, StandardOpenOption.APPEND);
      System.out.println("faults.seed=" + seed() + section);
    }
  }

  private static long seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000_000;
  }
}
