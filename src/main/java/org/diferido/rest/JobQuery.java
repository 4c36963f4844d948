package org.diferido.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters of the lists; what cannot be read is INVALID_REQUEST, with its name.
 */
final class JobQuery {

  static final String DEFAULT_LIMIT = "100";

  private static final int MOST_JOBS = 1000;
  private static final int MOST_DAYS = 36_500;
  private static final String CURSOR = "q";

  /**
   * Filters of the contract that this version does not do; passed over they would show too much.
   */
  private static final Set<String> NOT_OFFERED =
      Set.of("state", "procedure", "owner", "label", "created_after", "created_before", "q");

  private JobQuery() {}

  /** Refuses a filter that would be passed over, or of which only one value would count. */
  static void listed(MultivaluedMap<String, String> query) {
    query
        .keySet()
        .forEach(
            name -> {
              if (NOT_OFFERED.contains(name)) {
                throw invalid("?" + name, "member.not_offered", name);
              }
            });
    refuseRepeated(query);
  }

  /** Refuses all but the filters of a removal: one passed over would remove too much. */
  static void removal(MultivaluedMap<String, String> query) {
    query
        .keySet()
        .forEach(
            name -> {
              if (!name.equals("status") && !name.equals("older_than")) {
                throw invalid("?" + name, "query.unknown", name);
              }
            });
    refuseRepeated(query);
  }

  private static void refuseRepeated(MultivaluedMap<String, String> query) {
    query.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw invalid("?" + name, "query.repeated", name);
          }
        });
  }

  static Set<JobStatus.Reported> statuses(@Nullable String text) {
    Set<JobStatus.Reported> statuses = EnumSet.noneOf(JobStatus.Reported.class);
    if (text == null) {
      return statuses;
    }
    for (String word : text.split(",", -1)) {
      try {
        statuses.add(JobStatus.Reported.valueOf(word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw invalid("?status", "query.status");
      }
    }
    return statuses;
  }

  static int limit(String text) {
    return limit(text, MOST_JOBS);
  }

  static int limit(String text, int most) {
    return (int) number(text, "?limit", "query.limit", 1, most);
  }

  /** Where a page begins, as {@link #cursor(long)} told it. */
  static @Nullable Long from(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      if (text.startsWith(CURSOR)) {
        return Long.valueOf(text.substring(CURSOR.length()));
      }
    } catch (IllegalArgumentException e) {
      // told below, like a cursor of another kind
    }
    throw invalid("?cursor", "query.cursor");
  }

  /** Opaque to clients, so that it can change. */
  static String cursor(long from) {
    byte[] text = (CURSOR + from).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  static @Nullable Duration age(@Nullable String days) {
    return days == null
        ? null
        : Duration.ofDays(number(days, "?older_than", "query.days", 0, MOST_DAYS));
  }

  static boolean numbersAsText(@Nullable String numbers) {
    if (numbers == null) {
      return false;
    }
    if (!numbers.equals("string")) {
      throw invalid("?numbers", "query.numbers");
    }
    return true;
  }

  static long number(String text, String pointer, String key, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw invalid(pointer, key, String.valueOf(most));
  }

  static RuntimeException invalid(String pointer, String key, Object... arguments) {
    return Failure.ofFields(
            FailureCode.INVALID_REQUEST, List.of(FieldError.of(pointer, key, arguments)))
        .toException();
  }
}
