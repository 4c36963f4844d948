package org.diferido.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of one piece of work when everything is over.
 *
 * @param result what its job has to give back if it succeeds, as JSON
 * @param cancelAsked whether a client has asked for a cancel
 * @param jobs the ids that clients were answered with 202
 * @param ends the first end that a client has read, by job
 * @param seen its jobs, as each of the nodes tells them now
 * @param rows how often the work was done
 */
record Evidence(
    String key,
    String result,
    boolean cancelAsked,
    Set<String> jobs,
    Map<String, String> ends,
    List<JobSeen> seen,
    int rows) {}
