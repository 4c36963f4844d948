package org.diferido.job;

/**
 * What a node tells the others of itself with each beat.
 *
 * @param workers calls that it may run at once
 * @param draining whether it takes no new work any more
 * @param connections that it has borrowed at the moment, from all its pools
 * @param version of the service
 * @param refused what it refused in the last hour
 */
public record NodeFigures(
    int workers, boolean draining, long connections, String version, Refused refused) {

  /**
   * What was refused since some limit was reached.
   *
   * @param requests all of them
   * @param queueFull those for which the whole queue was full
   */
  public record Refused(long requests, long queueFull) {

    public static final Refused NOTHING = new Refused(0, 0);
  }
}
