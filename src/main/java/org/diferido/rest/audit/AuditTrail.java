package org.diferido.rest.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about, as far as the resource has found it out. It is kept with the request
 * itself, since an answer may be given on another thread than the one that asked.
 */
public final class AuditTrail {

  private static final String ATTRIBUTE = "org.diferido.audit";

  private volatile @Nullable String job;
  private volatile @Nullable String procedure;
  private volatile @Nullable String filter;
  private volatile @Nullable Integer count;

  private AuditTrail() {}

  /** That of a request, the same each time. */
  public static AuditTrail of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof AuditTrail known) {
      return known;
    }
    AuditTrail trail = new AuditTrail();
    request.setAttribute(ATTRIBUTE, trail);
    return trail;
  }

  /** The job that the request made or changed. */
  public void job(String id) {
    this.job = id;
  }

  /** The procedure, as the caller spelled it. */
  public void procedure(String name) {
    this.procedure = name;
  }

  /**
   * That the request is about many jobs.
   *
   * @param filter which
   */
  public void filter(String filter) {
    this.filter = filter;
  }

  /** How many jobs the request has made or changed. */
  public void count(int jobs) {
    this.count = jobs;
  }

  @Nullable String job() {
    return job;
  }

  @Nullable String procedure() {
    return procedure;
  }

  @Nullable String filter() {
    return filter;
  }

  @Nullable Integer count() {
    return count;
  }
}
