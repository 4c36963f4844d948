package org.diferido.procedure;

/**
 * Whose a call is. Databases show it beside the session that runs the call, as far as they can.
 *
 * @param id unique among the calls that run; letters, digits and {@code -}, at most 64
 * @param caller for whom it is run
 */
public record CallTag(String id, String caller) {

  private static final int LONGEST_ID = 64;

  public CallTag {
    boolean plain = id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-'));
    if (id.isEmpty() || id.length() > LONGEST_ID || !plain) {
      throw new IllegalArgumentException("not an id for a call: " + id);
    }
  }
}
