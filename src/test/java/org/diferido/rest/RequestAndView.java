package org.diferido.rest;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.SampleJobs;
import org.diferido.procedure.ProcedureCall;

/** What this package does with a request's body and with a job, for who measures it. */
@SuppressWarnings("UnnecessaryAssignment") // no framework here sets what is injected
public final class RequestAndView {

  private final JobView view = new JobView();

  /** A view at a fixed time. */
  public RequestAndView() {
    view.clock = Clock.fixed(SampleJobs.LATER, ZoneOffset.UTC);
    view.retention = Duration.ofHours(24);
  }

  /** The call that a body asks for. */
  public ProcedureCall read(byte[] body) throws IOException {
    return ProcedureCallRequest.of(JsonBody.read(new ByteArrayInputStream(body), "ana"))
        .submission()
        .call();
  }

  /** A job as it is answered. */
  public JsonObject view(Job job) {
    return view.full(job, Language.SPANISH, false);
  }
}
