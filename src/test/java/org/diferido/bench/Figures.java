package org.diferido.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, by name, each as often as it was; names of one part begin with it. */
final class Figures {

  private static final long NANOS = 1_000_000_000;

  private final long begin = System.nanoTime();
  private final Map<String, List<Double>> values = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  void add(String name, double value) {
    values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
    long seconds = (System.nanoTime() - begin) / NANOS;
    System.out.printf("bench %5d s  %-64s %12.3f%n", seconds, name, value);
  }

  /** Something that a number does not say. */
  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
      System.out.println("bench  " + note);
    }
  }

  /** All of one, in the order they were measured; empty when it was not. */
  List<Double> of(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** The median of one; NaN when it was not measured. */
  double median(String name) {
    return median(of(name));
  }

  Map<String, List<Double>> all() {
    return values;
  }

  List<String> notes() {
    return notes;
  }

  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
