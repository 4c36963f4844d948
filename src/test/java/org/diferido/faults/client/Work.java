package org.diferido.faults.client;

import java.util.Locale;
import java.util.Random;

/**
 * A piece of work that is to be done once, or not at all.
 *
 * @param key its Idempotency-Key, which is also what its row in the table of work done says
 * @param before milliseconds until the row is written
 * @param after milliseconds from then to the end of the call
 */
public record Work(String key, WorkKind kind, int before, int after) {

  /** One of any kind. */
  static Work any(String key, Random random) {
    WorkKind kind = WorkKind.any(random);
    return switch (kind) {
      case QUICK, FAILS, TELLS -> new Work(key, kind, 0, 0);
      case SHORT -> new Work(key, kind, random.nextInt(25, 150), random.nextInt(25, 150));
      case LONG -> new Work(key, kind, random.nextInt(500, 2000), random.nextInt(1500, 2000));
    };
  }

  /** One that is short and succeeds. */
  static Work good(String key, Random random) {
    return new Work(key, WorkKind.SHORT, random.nextInt(100), random.nextInt(100));
  }

  /** One that takes its time. */
  public static Work lasting(String key, int before, int after) {
    return new Work(key, WorkKind.LONG, before, after);
  }

  /** One that is done at once. */
  public static Work quick(String key) {
    return new Work(key, WorkKind.QUICK, 0, 0);
  }

  /** The request that asks for it. */
  public String request() {
    return switch (kind) {
      case QUICK, SHORT, LONG ->
          String.format(
              Locale.ROOT,
              """
              {"name":"AUDITED.WORK","params":[{"name":"p_id","value":"%s"},
              {"name":"p_before","value":%.3f},{"name":"p_after","value":%.3f}]}""",
              key,
              before / 1000.0,
              after / 1000.0);
      case FAILS ->
          """
          {"name":"AUDITED.FAILS","params":[{"name":"p_id","value":"%s"}]}"""
              .formatted(key);
      case TELLS ->
          """
          {"name":"AUDITED.TELLS","params":[{"name":"p_id","value":"%s"},
          {"name":"p_text","direction":"OUT"},{"name":"p_length","direction":"OUT"}]}"""
              .formatted(key);
    };
  }

  /** The result that its job has when it succeeds; empty for none. */
  public String result() {
    return kind == WorkKind.TELLS
        ? "{\"p_text\":\"hecho: %s\",\"p_length\":%d}".formatted(key, key.length())
        : "";
  }
}
