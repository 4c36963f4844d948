package org.diferido.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media types that a client accepts (RFC 9110, section 12.5.1), without parameters but their
 * weight.
 */
public record AcceptedTypes(List<Range> ranges) {

  private static final Pattern RANGE = Pattern.compile("([^/;\\s]+)/([^/;\\s]+)\\s*(;.*)?");
  private static final Pattern WEIGHT =
      Pattern.compile("(?i);\\s*q\\s*=\\s*(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;|$)");

  record Range(String type, String subtype, double weight) {

    /** How closely it says what a type is; 0 when it does not mean it. */
    int closeness(String mediaType) {
      if (mediaType.equals(type + "/" + subtype)) {
        return 3;
      } else if (subtype.equals("*") && mediaType.startsWith(type + "/")) {
        return 2;
      }
      return type.equals("*") && subtype.equals("*") ? 1 : 0;
    }
  }

  /** Reads the header's values; without any everything is accepted. */
  public static AcceptedTypes parse(@Nullable List<String> header) {
    List<Range> ranges = new ArrayList<>();
    for (String line : header == null ? List.<String>of() : header) {
      for (String each : line.split(",")) {
        Matcher range = RANGE.matcher(each.strip().toLowerCase(Locale.ROOT));
        if (range.matches()) {
          String rest = range.group(3) == null ? "" : range.group(3);
          Matcher weight = WEIGHT.matcher(rest);
          ranges.add(
              new Range(
                  range.group(1),
                  range.group(2),
                  weight.find() ? Double.parseDouble(weight.group(1)) : 1));
        }
      }
    }
    return new AcceptedTypes(ranges.isEmpty() ? List.of(new Range("*", "*", 1)) : ranges);
  }

  /** The weight of a type, by the range that means it most closely; 0 when it is not wanted. */
  public double quality(String mediaType) {
    int closest = 0;
    double quality = 0;
    for (Range range : ranges) {
      int closeness = range.closeness(mediaType);
      if (closeness > closest) {
        closest = closeness;
        quality = range.weight();
      }
    }
    return quality;
  }
}
