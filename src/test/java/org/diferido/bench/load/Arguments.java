package org.diferido.bench.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line of {@code name=value}. */
record Arguments(Map<String, String> values) {

  static Arguments of(String... line) {
    Map<String, String> values = new HashMap<>();
    for (String each : line) {
      int at = each.indexOf('=');
      values.put(each.substring(0, at), each.substring(at + 1));
    }
    return new Arguments(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "=... is missing");
    }
    return value;
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  double decimal(String name, double otherwise) {
    return values.containsKey(name) ? Double.parseDouble(text(name)) : otherwise;
  }

  List<String> list(String name) {
    return Arrays.asList(text(name).split(","));
  }
}
