package org.diferido.rest.audit;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** What a request is about, as far as the resource has found it out. */
@RequestScoped
public class AuditTrail {

  private @Nullable String job;
  private @Nullable String procedure;

  /** The job that the request made or changed. */
  public void job(String id) {
    this.job = id;
  }

  /** The procedure, as the caller spelled it. */
  public void procedure(String name) {
    this.procedure = name;
  }

  @Nullable String job() {
    return job;
  }

  @Nullable String procedure() {
    return procedure;
  }
}
