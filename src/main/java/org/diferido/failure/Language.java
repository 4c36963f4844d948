package org.diferido.failure;

import java.util.Locale;

/** The languages in which texts for people exist. Spanish is the default. */
public enum Language {
  SPANISH(Locale.ROOT, "es"),
  ENGLISH(Locale.ENGLISH, "en");

  private final Locale bundle;
  private final String tag;

  Language(Locale bundle, String tag) {
    this.bundle = bundle;
    this.tag = tag;
  }

  /** The locale under which the texts of this language are filed. */
  Locale bundle() {
    return bundle;
  }

  /**
   * The language tag for {@code Content-Language}, RFC 9110 section 8.5: {@code es} or {@code en}.
   */
  public String tag() {
    return tag;
  }
}
