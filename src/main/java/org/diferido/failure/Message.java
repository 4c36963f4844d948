package org.diferido.failure;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * A text for people that is not yet in any language: a key of {@code texts.properties} and what to
 * put into it. It is kept and passed on in this form, so that each reader gets it in their own
 * language.
 *
 * @param key the key, such as {@code argument.missing}
 * @param arguments what replaces {@code {0}}, {@code {1}} …
 */
public record Message(String key, List<String> arguments) {

  private static final String BUNDLE = "org.diferido.failure.texts";

  public Message {
    arguments = List.copyOf(arguments);
  }

  /** A message with its arguments as text. */
  public static Message of(String key, Object... arguments) {
    return new Message(key, Arrays.stream(arguments).map(String::valueOf).toList());
  }

  /**
   * The text in one language.
   *
   * @throws MissingResourceException when the key has no text, which is a defect of the service
   */
  public String in(Language language) {
    ResourceBundle texts =
        ResourceBundle.getBundle(
            BUNDLE,
            language.bundle(),
            Message.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new MessageFormat(texts.getString(key), language.bundle()).format(arguments.toArray());
  }
}
