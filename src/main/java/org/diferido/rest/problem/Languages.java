package org.diferido.rest.problem;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.diferido.failure.Language;
import org.jspecify.annotations.Nullable;

/** Which language a client prefers, of those there are. */
public final class Languages {

  private static final List<String> TAGS = List.of(Language.SPANISH.tag(), Language.ENGLISH.tag());

  private Languages() {}

  /**
   * Reads {@code Accept-Language}, RFC 9110 section 12.5.4. Spanish when it says nothing of use.
   */
  public static Language preferred(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return Language.SPANISH;
    }
    try {
      List<LanguageRange> wanted =
          LanguageRange.parse(header).stream().filter(range -> range.getWeight() > 0).toList();
      String tag = Locale.lookupTag(wanted, TAGS);
      return Language.ENGLISH.tag().equals(tag) ? Language.ENGLISH : Language.SPANISH;
    } catch (IllegalArgumentException e) {
      return Language.SPANISH;
    }
  }
}
