package org.diferido.rest.problem;

import java.util.Locale;
import org.diferido.failure.Language;
import org.jspecify.annotations.Nullable;

/** Which language a client prefers, of those there are. */
public final class Languages {

  /** More than any browser sends; what is longer is not read at all. */
  private static final int LONGEST_HEADER = 1000;

  private static final double NOT_SAID = -1;

  private double spanish = NOT_SAID;
  private double english = NOT_SAID;
  private double others = NOT_SAID;
  private boolean englishFirst;

  private Languages() {}

  /**
   * Reads {@code Accept-Language}, RFC 9110 section 12.5.4. Spanish when it says nothing of use; of
   * two that are wanted alike, the one that is named first.
   */
  public static Language preferred(@Nullable String header) {
    Languages wanted = new Languages();
    if (header != null && header.length() <= LONGEST_HEADER) {
      for (String range : header.split(",")) {
        wanted.read(range.strip().toLowerCase(Locale.ROOT));
      }
    }
    return wanted.prefersEnglish() ? Language.ENGLISH : Language.SPANISH;
  }

  private void read(String range) {
    int end = range.indexOf(';');
    String tag = (end < 0 ? range : range.substring(0, end)).strip();
    double weight = end < 0 ? 1 : weight(range.substring(end + 1).strip());
    if (isOf(tag, Language.SPANISH)) {
      spanish = Math.max(spanish, weight);
    } else if (isOf(tag, Language.ENGLISH)) {
      englishFirst |= spanish == NOT_SAID;
      english = Math.max(english, weight);
    } else if (tag.equals("*")) {
      others = Math.max(others, weight);
    }
  }

  private static boolean isOf(String tag, Language language) {
    return tag.equals(language.tag()) || tag.startsWith(language.tag() + "-");
  }

  /** The weight as thousandths allow; what is no weight counts as not said. */
  private static double weight(String parameter) {
    return parameter.matches("q\\s*=\\s*(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(parameter.indexOf('=') + 1).strip())
        : NOT_SAID;
  }

  private boolean prefersEnglish() {
    double es = spanish == NOT_SAID ? others : spanish;
    double en = english == NOT_SAID ? others : english;
    return en > 0 && (en > es || (en == es && englishFirst));
  }
}
