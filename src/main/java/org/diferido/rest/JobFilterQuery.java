package org.diferido.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diferido.job.JobFilter;
import org.diferido.job.JobFilter.Label;
import org.diferido.job.JobFilter.Period;
import org.diferido.job.JobStatus;
import org.diferido.procedure.ProcedurePattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filters of the jobs out of query parameters: {@code status}, {@code state}, {@code
 * procedure}, {@code owner}, {@code label}, {@code created_after}, {@code created_before}, {@code
 * q}. What cannot be read is INVALID_REQUEST, with its name.
 */
final class JobFilterQuery {

  /** The one that may be given several times. */
  static final String LABEL = "label";

  /** Their names, in the order in which they are told. */
  static final List<String> NAMES =
      List.of(
          "status", "state", "procedure", "owner", LABEL, "created_after", "created_before", "q");

  private static final int LONGEST_PROCEDURE = 400;
  private static final int LONGEST_OWNER = 255;
  private static final int MOST_LABELS = 20;
  private static final int LONGEST_LABEL = 64;
  private static final int LONGEST_LABEL_VALUE = 256;

  /** RFC 3339, section 5.6: a year has four digits. */
  private static final int LAST_YEAR = 9999;

  private JobFilterQuery() {}

  /** The names of the filters, and others that an operation knows. */
  static Set<String> namesAnd(String... others) {
    return Stream.concat(NAMES.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
  }

  static JobFilter read(MultivaluedMap<String, String> query) {
    return new JobFilter(
        owner(query.getFirst("owner")),
        states(query.getFirst("status"), query.getFirst("state")),
        procedure(query.getFirst("procedure")),
        labels(query.getOrDefault(LABEL, List.of())),
        new Period(
            time(query.getFirst("created_after"), "?created_after"),
            time(query.getFirst("created_before"), "?created_before")),
        null,
        JobQuery.sought(query.getFirst("q")));
  }

  /** Both have to hold. */
  private static Set<JobStatus> states(@Nullable String status, @Nullable String state) {
    Set<JobStatus> states = EnumSet.allOf(JobStatus.class);
    if (status != null) {
      states.retainAll(JobStatus.reportedAs(JobQuery.statuses(status)));
    }
    if (state != null) {
      states.retainAll(JobQuery.states(state));
    }
    return states;
  }

  private static @Nullable ProcedurePattern procedure(@Nullable String pattern) {
    if (pattern == null) {
      return null;
    }
    if (pattern.length() <= LONGEST_PROCEDURE) {
      try {
        return ProcedurePattern.parse(pattern);
      } catch (IllegalArgumentException e) {
        // told below, like one that is too long
      }
    }
    throw JobQuery.invalid("?procedure", "query.procedure", LONGEST_PROCEDURE);
  }

  private static @Nullable String owner(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String owner = name.strip();
    if (owner.isEmpty() || owner.length() > LONGEST_OWNER || hasControls(owner)) {
      throw JobQuery.invalid("?owner", "query.owner", LONGEST_OWNER);
    }
    return owner;
  }

  private static List<Label> labels(List<String> texts) {
    if (texts.size() > MOST_LABELS) {
      throw JobQuery.invalid("?" + LABEL, "query.labels", MOST_LABELS);
    }
    return texts.stream().map(JobFilterQuery::label).toList();
  }

  /** A name cannot have an equals sign: at the first one its value begins. */
  private static Label label(String text) {
    int end = text.indexOf('=');
    String name = end < 0 ? text : text.substring(0, end);
    String value = end < 0 ? null : text.substring(end + 1);
    boolean isSought = !name.isEmpty() && !name.equals(",") && !name.equals(":");
    if (!isSought
        || name.length() > LONGEST_LABEL
        || (value != null && value.length() > LONGEST_LABEL_VALUE)) {
      throw JobQuery.invalid("?" + LABEL, "query.label", LONGEST_LABEL, LONGEST_LABEL_VALUE);
    }
    return new Label(name, value);
  }

  /**
   * A plus that was not written as {@code %2B} has become a space. What is finer than the registry
   * keeps is rounded up, so that a job is after a time exactly when it is not before it.
   */
  private static @Nullable Instant time(@Nullable String text, String pointer) {
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text.strip().replace(' ', '+'));
      if (time.getYear() > 0 && time.getYear() < LAST_YEAR) {
        Instant instant = time.toInstant();
        Instant millis = instant.truncatedTo(ChronoUnit.MILLIS);
        return millis.equals(instant) ? millis : millis.plusMillis(1);
      }
    } catch (DateTimeException e) {
      // told below, like one of another age
    }
    throw JobQuery.invalid(pointer, "query.time");
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /**
   * The filters as they came, for the audit log.
   *
   * @param names which parameters of the query
   */
  static String told(MultivaluedMap<String, String> query, Set<String> names) {
    return query.entrySet().stream()
        .filter(each -> names.contains(each.getKey()))
        .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + value))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  /** The states that are named one by one. */
  static Set<JobStatus> named(MultivaluedMap<String, String> query) {
    return Collections.unmodifiableSet(JobQuery.states(query.getFirst("state")));
  }
}
