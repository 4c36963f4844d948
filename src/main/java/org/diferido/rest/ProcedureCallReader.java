package org.diferido.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/** Turns a JSON body into a {@link ProcedureCallRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class ProcedureCallReader implements MessageBodyReader<ProcedureCallRequest> {

  @Context
  @SuppressWarnings("NullAway.Init") // set by JAX-RS
  private SecurityContext security;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == ProcedureCallRequest.class;
  }

  @Override
  public ProcedureCallRequest readFrom(
      Class<ProcedureCallRequest> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body) {
    String charset = mediaType.getParameters().getOrDefault("charset", "utf-8");
    String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    if (!charset.equalsIgnoreCase("utf-8") || (encoding != null && !encoding.equals("identity"))) {
      throw Failure.of(FailureCode.UNSUPPORTED_MEDIA_TYPE).toException();
    }
    return ProcedureCallRequest.of(JsonBody.read(body, Callers.of(security).name()));
  }
}
