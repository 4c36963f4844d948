package org.diferido.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.diferido.execution.JobAccess;
import org.diferido.job.Job;
import org.diferido.job.JobState;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.rest.JobResults.Entry;
import org.diferido.result.ResultStore;
import org.diferido.result.file.JsonPage;
import org.diferido.result.file.ResultFile;
import org.diferido.result.file.ResultFiles;
import org.diferido.security.Roles;

/** What a job gave back: a list, and each as a file or, of rows, a page at a time. */
@Path("jobs/{id}/results")
public class ResultsResource {

  private static final int PART_OF_ID = 8;

  /** Another one once the same result makes other bytes in any form. */
  private static final int FORMS = 1;

  @Inject JobAccess jobs;
  @Inject ResultStore store;

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private UriInfo uri;

  /** What there is, and in which forms. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public Response list(@PathParam("id") String id, @Context SecurityContext security) {
    return Response.ok(ResultView.list(of(id, security))).build();
  }

  /** One of them, in the form that is asked for; or a part of it, or 304 to who has it. */
  @GET
  @Path("{name}")
  @Produces(MediaType.WILDCARD)
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public Response find(
      @PathParam("id") String id,
      @PathParam("name") String name,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response) {
    JobResults results = of(id, security);
    Entry entry = results.find(name);
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    ResultFormat format =
        ResultFormat.chosen(
            query.getFirst("format"),
            headers.getRequestHeader(HttpHeaders.ACCEPT),
            ResultFormat.of(entry.value()));
    ResultQuery.checked(query, format);
    boolean numbersAsText = JobQuery.numbersAsText(query.getFirst("numbers"));
    if (entry.value() instanceof Rows rows && format == ResultFormat.JSON) {
      return page(results, entry, rows, numbersAsText, headers);
    }
    FileTag tag =
        tag(format == ResultFormat.XLSX, results.job(), entry, format.word(), numbersAsText);
    return new FileAnswer(
            file(entry, format, numbersAsText),
            tag,
            format.contentType(),
            FileName.disposition(entry.name(), part(results.job()), format.extension()))
        .to(request, response, headers);
  }

  private JobResults of(String id, SecurityContext security) {
    return JobResults.of(jobs.find(id, Callers.of(security)));
  }

  private static String part(Job job) {
    return job.id().hex().substring(0, PART_OF_ID);
  }

  private static FileTag tag(boolean weak, Job job, Entry entry, Object... form) {
    int attempt = job.state().heldBy().map(JobState.Claim::attempt).orElse(0);
    return FileTag.of(weak, job.id(), attempt, entry.place(), List.of(form), FORMS);
  }

  private ResultFile file(Entry entry, ResultFormat format, boolean numbersAsText) {
    ResultFiles files = new ResultFiles(store);
    if (entry.value() instanceof Rows rows) {
      return switch (format) {
        case CSV -> files.csv(rows);
        case NDJSON -> files.ndjson(rows, numbersAsText);
        case XLSX -> files.xlsx(rows, entry.name());
        case JSON, TEXT, BYTES -> throw new IllegalArgumentException("no file: " + format);
      };
    }
    return entry.value() instanceof LargeValue large
        ? files.large(large)
        : ResultFiles.text((String) entry.value());
  }

  private Response page(
      JobResults results, Entry entry, Rows rows, boolean numbersAsText, HttpHeaders headers) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    int limit = ResultQuery.limit(query.getFirst("limit"));
    long from = ResultQuery.from(query.getFirst("cursor"), rows.rowCount());
    FileTag tag = tag(false, results.job(), entry, "json", numbersAsText, from, limit);
    if (tag.isAmong(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH))) {
      return FileAnswer.headed(Response.notModified(), tag).build();
    }
    JsonPage page = new ResultFiles(store).page(rows, from, limit, numbersAsText);
    Response.ResponseBuilder response =
        FileAnswer.headed(Response.ok(page.body(), MediaType.APPLICATION_JSON), tag)
            // Of a HEAD it would be 0 otherwise.
            .header(HttpHeaders.CONTENT_LENGTH, page.body().length);
    Long next = page.next();
    if (next != null) {
      response.header(
          HttpHeaders.LINK, Pages.next(results.path(entry), query, ResultQuery.cursor(next)));
    }
    return response.build();
  }
}
