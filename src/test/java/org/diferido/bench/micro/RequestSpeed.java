package org.diferido.bench.micro;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diferido.it.Issuer;
import org.diferido.job.Job;
import org.diferido.job.SampleJobs;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.TestSignatures;
import org.diferido.rest.RequestAndView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of a submit and of a poll that need no database, each by itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestSpeed {

  private static final String BODY =
      """
      {"name":"PKG_ETL.PROCESO_LARGO","params":[{"name":"vFECHA","value":"2025-12-10"},
      {"name":"vRESULTADO","direction":"OUT","type":"number"}]}""";

  /** Found once: to look for it takes longer than to read the claims. */
  private final JsonProvider json = JsonProvider.provider();

  private final byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
  private final RequestAndView rest = new RequestAndView();
  private final List<org.diferido.procedure.Signature> signatures =
      List.of(
          TestSignatures.procedure(
              "PKG_ETL", "PROCESO_LARGO", "VFECHA IN DATE", "VRESULTADO OUT NUMBER"));
  private final Job ended = SampleJobs.succeeded(SampleJobs.RESULT);
  private final Job running = SampleJobs.running();

  private String token;
  private PublicKey key;
  private ProcedureCall call;

  /** Makes a token, and reads what is read only once. */
  @Setup
  public void prepare() throws GeneralSecurityException, IOException {
    Issuer issuer = new Issuer();
    token = issuer.token("ana.gomez", "procedure-caller");
    String pem = issuer.environment().get("MP_JWT_VERIFY_PUBLICKEY");
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    call = rest.read(body);
  }

  /**
   * The least that the check of a token costs: its signature, and its claims as JSON. The check
   * itself is the server's and does more.
   */
  @Benchmark
  public JsonObject tokenCheck() throws GeneralSecurityException {
    int end = token.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    if (!signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)))) {
      throw new IllegalStateException("it is signed by this key");
    }
    byte[] claims = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, end));
    try (JsonReader reader = json.createReader(new ByteArrayInputStream(claims))) {
      return reader.readObject();
    }
  }

  /** A body becomes a call. */
  @Benchmark
  public ProcedureCall requestParsing() throws IOException {
    return rest.read(body);
  }

  /** A call is matched with the one procedure of its name. */
  @Benchmark
  public BoundCall signatureMatch() {
    return ArgumentMatching.match(call, signatures);
  }

  /** An ended job becomes the text of an answer. */
  @Benchmark
  public String viewOfEnded() {
    return rest.view(ended).toString();
  }

  /** A running job becomes the text of an answer. */
  @Benchmark
  public String viewOfRunning() {
    return rest.view(running).toString();
  }
}
