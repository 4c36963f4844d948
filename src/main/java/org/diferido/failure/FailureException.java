package org.diferido.failure;

import jakarta.ejb.ApplicationException;
import org.jspecify.annotations.Nullable;

/** A {@link Failure} on its way to whoever answers for it. An EJB container passes it unwrapped. */
@ApplicationException
public class FailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /**
   * @param cause what the log needs and no client may see
   */
  public FailureException(Failure failure, @Nullable Throwable cause) {
    super(failure.reportedCode() + ": " + failure.text(Language.ENGLISH), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
