package org.diferido.rest.audit;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** What a request is about, as far as the resource has found it out. */
@RequestScoped
public class AuditTrail {

  private @Nullable String job;
  private @Nullable String procedure;
  private @Nullable String filter;
  private @Nullable Integer count;

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
