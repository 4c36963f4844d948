package org.diferido.rest.catalogue;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.diferido.execution.Catalogue;
import org.diferido.execution.CataloguePage;
import org.diferido.execution.ServiceSettings;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;
import org.diferido.rest.Callers;
import org.diferido.rest.JobQuery;
import org.diferido.rest.Pages;
import org.diferido.rest.TaggedBody;
import org.diferido.rest.problem.Languages;
import org.diferido.security.Roles;
import org.jspecify.annotations.Nullable;

/** The procedures that a caller may run; 304 to who has them as they are. */
@Path("procedures")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogueResource {

  private static final Set<String> LIST = Set.of("q", "limit", "cursor");

  @Inject Catalogue catalogue;
  @Inject ServiceSettings settings;

  /** Their names, and how they went. */
  @GET
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public Response list(
      @QueryParam("q") @Nullable String text,
      @QueryParam("limit") @DefaultValue(JobQuery.DEFAULT_LIMIT) String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Context UriInfo uri,
      @Context SecurityContext security) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    JobQuery.onlyKnown(query, LIST);
    CataloguePage page =
        catalogue.list(
            JobQuery.sought(text),
            JobQuery.limit(limit),
            CatalogueCursor.read(cursor),
            Callers.of(security));
    Response.ResponseBuilder response = TaggedBody.of(CatalogueView.page(page)).answer(ifNoneMatch);
    QualifiedName next = page.next();
    if (next != null) {
      response.header(HttpHeaders.LINK, Pages.next("/procedures", query, CatalogueCursor.of(next)));
    }
    return response.build();
  }

  /** One of them, with what a call of it needs to know. */
  @GET
  @Path("{name}")
  @RolesAllowed({Roles.CALLER, Roles.OPERATOR, Roles.AUDITOR})
  public Response find(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Context SecurityContext security,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
    Language language = Languages.preferred(acceptLanguage);
    ProcedureName asked = parsed(name);
    return TaggedBody.of(
            CatalogueView.entry(
                asked.toString(),
                catalogue.find(asked, Callers.of(security)),
                settings.secrets(),
                language))
        .answer(ifNoneMatch)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  /** What is no name is a path at which nothing is. */
  private static ProcedureName parsed(String name) {
    try {
      return ProcedureName.parse(name, null);
    } catch (FailureException e) {
      throw new FailureException(Failure.of(FailureCode.PATH_NOT_FOUND), e);
    }
  }
}
