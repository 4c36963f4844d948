package org.diferido.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.diferido.rest.edge.OpenConnection;
import org.diferido.result.file.ResultFile;
import org.jspecify.annotations.Nullable;

/**
 * A file as the answer to a request: all of it, the part that is asked for, or that there is no
 * need to send it (RFC 9110, sections 13 and 14).
 *
 * @param disposition how it is to be kept
 */
record FileAnswer(ResultFile file, FileTag tag, String contentType, String disposition) {

  private static final Logger LOG = System.getLogger(FileAnswer.class.getName());
  private static final String ACCEPT_RANGES = "Accept-Ranges";
  private static final String CONTENT_RANGE = "Content-Range";

  /**
   * Answers.
   *
   * @param request a GET or a HEAD, of which only the first knows parts. As JAX-RS has it, a HEAD
   *     may be a GET
   * @throws WebApplicationException 416 when there is nothing of the part that is asked for
   */
  Response to(HttpServletRequest request, HttpServletResponse response, HttpHeaders asked) {
    if (tag.isAmong(asked.getHeaderString(HttpHeaders.IF_NONE_MATCH))) {
      return headed(Response.notModified(), tag).build();
    }
    Long size = file.length();
    if (request.getMethod().equals(HttpMethod.HEAD)) {
      return whole(size, null);
    }
    Optional<ByteRange> range =
        size != null && tag.allowsRange(asked.getHeaderString("If-Range"))
            ? ByteRange.parse(asked.getHeaderString("Range"), size)
            : Optional.empty();
    return size == null || range.isEmpty()
        ? whole(size, unbroken(file::write, response))
        : part(range.get(), size, response);
  }

  private Response whole(@Nullable Long size, @Nullable StreamingOutput body) {
    Response.ResponseBuilder response =
        described(Response.ok(body)).header(ACCEPT_RANGES, size == null ? "none" : "bytes");
    if (size != null) {
      response.header(HttpHeaders.CONTENT_LENGTH, size);
    }
    return response.build();
  }

  private Response part(ByteRange range, long size, HttpServletResponse response) {
    if (!range.isSatisfiable()) {
      throw new WebApplicationException(
          Response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE)
              .header(CONTENT_RANGE, range.of(size))
              .build());
    }
    StreamingOutput body =
        unbroken(out -> file.write(out, range.first(), range.length()), response);
    return described(Response.status(Status.PARTIAL_CONTENT).entity(body))
        .header(ACCEPT_RANGES, "bytes")
        .header(CONTENT_RANGE, range.of(size))
        .header(HttpHeaders.CONTENT_LENGTH, range.length())
        .build();
  }

  /** What fails when something of it has been sent already is to be seen as broken off. */
  private static StreamingOutput unbroken(StreamingOutput body, HttpServletResponse response) {
    return out -> {
      try {
        body.write(out);
      } catch (RuntimeException | Error e) {
        if (response.isCommitted()) {
          LOG.log(Level.INFO, "a download was broken off: {0}", e.getMessage());
          OpenConnection.close();
        }
        throw e;
      }
    };
  }

  private Response.ResponseBuilder described(Response.ResponseBuilder response) {
    return headed(response, tag)
        .header(HttpHeaders.CONTENT_TYPE, contentType)
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition);
  }

  /** What a 304 says as well: a cache asks each time, and is not shared. */
  static Response.ResponseBuilder headed(Response.ResponseBuilder response, FileTag tag) {
    return response
        .tag(tag.toEntityTag())
        .header(HttpHeaders.CACHE_CONTROL, TaggedBody.ASKED_FOR_EACH_TIME)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }
}
