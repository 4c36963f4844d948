package org.diferido.faults;

/**
 * A job as one node tells it, when everything is over.
 *
 * @param status of the answer: 200, or 404 when the node knows no such job
 * @param state of the job; empty without one
 * @param code why it did not succeed; empty when it did
 * @param result as JSON; empty without one
 */
record JobSeen(String node, String id, int status, String state, String code, String result) {

  /** One that the node does not know. */
  static JobSeen unknown(String node, String id) {
    return new JobSeen(node, id, 404, "", "", "");
  }

  /** The same in another node's words. */
  boolean agreesWith(JobSeen other) {
    return status == other.status
        && state.equals(other.state)
        && code.equals(other.code)
        && result.equals(other.result);
  }
}
