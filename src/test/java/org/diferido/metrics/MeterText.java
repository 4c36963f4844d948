package org.diferido.metrics;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scrape, read as Prometheus reads it: its text format (version 0.0.4), or OpenMetrics 1.0.0.
 * What is neither is refused.
 *
 * @param types of the families, by name
 * @param helps what the families mean, by name
 * @param samples values by name and sorted labels, as {@code name{label="value"}}
 */
public record MeterText(
    Map<String, String> types, Map<String, String> helps, Map<String, Double> samples) {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL =
      "([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"";
  private static final Pattern LABELS = Pattern.compile(LABEL + "(,|$)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE|UNIT) (" + NAME + ")(?: (.*))?");
  private static final List<String> SUFFIXES =
      List.of("", "_bucket", "_count", "_sum", "_total", "_info", "_created");
  private static final Set<String> TYPES_OF_TEXT =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");
  private static final Set<String> TYPES_OF_OPEN_METRICS =
      Set.of(
          "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "summary",
          "info",
          "stateset",
          "unknown");

  /** Reads one as a server sends it. */
  public static MeterText of(byte[] text, boolean openMetrics) {
    return of(new String(text, StandardCharsets.UTF_8), openMetrics);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static MeterText of(String text, boolean openMetrics) {
    if (!text.endsWith("\n") || text.contains("\r")) {
      throw new IllegalArgumentException("each line ends with a line feed");
    }
    if (openMetrics != text.endsWith("# EOF\n")) {
      throw new IllegalArgumentException("OpenMetrics ends with # EOF, and nothing else does");
    }
    MeterText read =
        new MeterText(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    text.lines().filter(line -> !line.equals("# EOF")).forEach(line -> read.add(line, openMetrics));
    read.samples.keySet().forEach(read::type);
    return read;
  }

  private void add(String line, boolean openMetrics) {
    if (line.startsWith("#")) {
      comment(line, openMetrics);
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("no sample: " + line);
    }
    String key = sample.group(1) + sorted(sample.group(2) == null ? "" : sample.group(2));
    if (samples.put(key, parsed(sample.group(3))) != null) {
      throw new IllegalArgumentException("twice: " + key);
    }
  }

  private void comment(String line, boolean openMetrics) {
    Matcher comment = COMMENT.matcher(line);
    if (!comment.matches()) {
      throw new IllegalArgumentException("no comment of a family: " + line);
    }
    Map<String, String> kept = comment.group(1).equals("HELP") ? helps : types;
    if (comment.group(1).equals("TYPE")
        && !(openMetrics ? TYPES_OF_OPEN_METRICS : TYPES_OF_TEXT).contains(comment.group(3))) {
      throw new IllegalArgumentException("no type: " + line);
    }
    if (!comment.group(1).equals("UNIT") && kept.put(comment.group(2), comment.group(3)) != null) {
      throw new IllegalArgumentException("twice: " + line);
    }
  }

  private static String sorted(String labels) {
    Map<String, String> each = new TreeMap<>();
    Matcher label = LABELS.matcher(labels);
    int at = 0;
    while (at < labels.length() && label.find(at) && label.start() == at) {
      if (each.put(label.group(1), label.group(2)) != null) {
        throw new IllegalArgumentException("a label twice: " + labels);
      }
      at = label.end();
    }
    if (at != labels.length()) {
      throw new IllegalArgumentException("no labels: " + labels);
    }
    return written(each);
  }

  private static String written(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .map(pair -> pair.getKey() + "=\"" + pair.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static double parsed(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The type of a sample's family: each has one that was announced. */
  public String type(String sample) {
    String name = name(sample);
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        String type = types.get(name.substring(0, name.length() - suffix.length()));
        if (type != null) {
          return type;
        }
      }
    }
    throw new IllegalArgumentException("a sample of no family: " + sample);
  }

  private static String name(String sample) {
    int end = sample.indexOf('{');
    return end < 0 ? sample : sample.substring(0, end);
  }

  /** The names of all samples, without labels. */
  public Set<String> names() {
    return samples.keySet().stream()
        .map(MeterText::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The value of a sample; zero if it is not there.
   *
   * @param sample its name and its labels in alphabetical order
   */
  public double value(String sample, String... labels) {
    return samples.getOrDefault(sample + labelled(labels), 0.0);
  }

  /** The sum of all samples of a name that have some labels among theirs. */
  public double sum(String name, String... labels) {
    return samples.entrySet().stream()
        .filter(each -> name(each.getKey()).equals(name))
        .filter(each -> has(each.getKey(), labels))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static boolean has(String key, String... labels) {
    for (int at = 0; at < labels.length; at += 2) {
      if (!key.contains(labels[at] + "=\"" + labels[at + 1] + "\"")) {
        return false;
      }
    }
    return true;
  }

  private static String labelled(String... labels) {
    Map<String, String> each = new TreeMap<>();
    for (int at = 0; at < labels.length; at += 2) {
      each.put(labels[at], labels[at + 1]);
    }
    return written(each);
  }
}
