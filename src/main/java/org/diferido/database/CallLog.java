package org.diferido.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps what a procedure writes for people within bounds: the beginning, which tells what it was
 * given, and the end, which tells how it ended.
 */
public final class CallLog {

  /** How many characters are kept of each of the two. */
  static final int MOST_TEXT = 32 * 1024;

  /** How long a line may be; what is more is cut off. */
  static final int LONGEST_LINE = 4000;

  private final List<String> beginning = new ArrayList<>();
  private final Deque<String> end = new ArrayDeque<>();
  private int room = MOST_TEXT;
  private int endLength;
  private long leftOut;

  /** The lines that are kept of these. */
  public static List<String> bounded(List<String> lines) {
    CallLog log = new CallLog();
    lines.forEach(log::add);
    return log.lines();
  }

  /** Adds a text; each of its lines is one. */
  public void add(String text) {
    for (String line : text.split("\\R", -1)) {
      addLine(line.length() > LONGEST_LINE ? cut(line) : line);
    }
  }

  private void addLine(String line) {
    int length = line.length() + 1;
    if (end.isEmpty() && leftOut == 0 && length <= room) {
      room -= length;
      beginning.add(line);
      return;
    }
    end.addLast(line);
    endLength += length;
    while (endLength > MOST_TEXT) {
      endLength -= end.removeFirst().length() + 1;
      leftOut++;
    }
  }

  /** Never between the halves of a character. */
  private static String cut(String line) {
    int at = Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1)) ? 1 : 0;
    return line.substring(0, LONGEST_LINE - at) + "…";
  }

  /** What is kept, with a line that counts those left out between the two. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(beginning);
    if (leftOut > 0) {
      lines.add("[… " + leftOut + " …]");
    }
    lines.addAll(end);
    return lines;
  }
}
