package org.diferido.failure;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Failure} on its way to whoever answers for it. An EJB container passes it unwrapped. */
@ApplicationException
public class FailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient @Nullable Duration retryAfter;

  /**
   * @param cause what the log needs and no client may see
   */
  public FailureException(Failure failure, @Nullable Throwable cause) {
    this(failure, cause, null);
  }

  /**
   * @param retryAfter when it may pass; null when that is not known
   */
  public FailureException(
      Failure failure, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(failure.reportedCode() + ": " + failure.text(Language.ENGLISH), cause);
    this.failure = failure;
    this.retryAfter = retryAfter;
  }

  public Failure failure() {
    return failure;
  }

  /** When the same request may pass, if that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
