package org.diferido.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters of the lists; what cannot be read is INVALID_REQUEST, with its name.
 */
public final class JobQuery {

  /** Of how many a page is, if nobody says. */
  public static final String DEFAULT_LIMIT = "100";

  /** As many as are taken at once. */
  static final String GREATEST_LIMIT = "1000";

  private static final int MOST_JOBS = 1000;
  private static final int MOST_DAYS = 36_500;
  private static final int SHORTEST_TEXT = 2;
  private static final int LONGEST_TEXT = 200;
  private static final String CURSOR = "q";

  private JobQuery() {}

  /**
   * Refuses what an operation does not know, which passed over would mean more jobs than were
   * meant, and what is given twice, of which only one would count.
   */
  public static void onlyKnown(MultivaluedMap<String, String> query, Set<String> known) {
    List<FieldError> errors = new ArrayList<>();
    new TreeMap<>(query)
        .forEach(
            (name, values) -> {
              if (!known.contains(name)) {
                errors.add(FieldError.of("?" + name, "query.unknown", name));
              } else if (values.size() > 1 && !name.equals(JobFilterQuery.LABEL)) {
                errors.add(FieldError.of("?" + name, "query.repeated", name));
              }
            });
    if (!errors.isEmpty()) {
      throw Failure.ofFields(FailureCode.INVALID_REQUEST, errors).toException();
    }
  }

  /** Refuses a request for all jobs, which may be one for some whose filter was forgotten. */
  static void atLeastOneOf(MultivaluedMap<String, String> query, Collection<String> filters) {
    if (filters.stream().noneMatch(query::containsKey)) {
      throw invalid("?status", "query.filter_missing", String.join(", ", filters));
    }
  }

  static Set<JobStatus.Reported> statuses(@Nullable String text) {
    return words(text, JobStatus.Reported.class, "?status", "query.status");
  }

  static Set<JobStatus> states(@Nullable String text) {
    return words(text, JobStatus.class, "?state", "query.state");
  }

  private static <E extends Enum<E>> Set<E> words(
      @Nullable String text, Class<E> known, String pointer, String key) {
    Set<E> words = EnumSet.noneOf(known);
    if (text == null) {
      return words;
    }
    for (String word : text.split(",", -1)) {
      try {
        words.add(Enum.valueOf(known, word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw invalid(pointer, key);
      }
    }
    return words;
  }

  /** Of how many a page is to be. */
  public static int limit(String text) {
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

  /** A text that is looked for, which has to be of some length. */
  public static @Nullable String sought(@Nullable String text) {
    if (text != null
        && (text.length() < SHORTEST_TEXT
            || text.length() > LONGEST_TEXT
            || text.chars().anyMatch(Character::isISOControl))) {
      throw invalid("?q", "query.text", SHORTEST_TEXT, LONGEST_TEXT);
    }
    return text;
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

  /** The refusal of one place of a request. */
  public static RuntimeException invalid(String pointer, String key, Object... arguments) {
    return Failure.ofFields(
            FailureCode.INVALID_REQUEST, List.of(FieldError.of(pointer, key, arguments)))
        .toException();
  }
}
