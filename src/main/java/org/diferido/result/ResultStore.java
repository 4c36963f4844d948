package org.diferido.result;

import java.util.Collection;
import java.util.Optional;

/**
 * Keeps what is too large for the results of jobs, in chunks. It knows nothing of what a job's
 * result refers to: what nobody refers to has to be removed.
 *
 * <p>What a method has done is durable when it returns. Each throws {@link
 * org.diferido.failure.FailureException} REGISTRY_UNAVAILABLE when the store cannot be reached;
 * then it may or may not have been done.
 */
public interface ResultStore {

  /**
   * What a job gave back under one name.
   *
   * @param id its own, which no other has
   * @param job the id of the job, 32 hex digits
   * @param attempt the how manieth claim of the job it is of
   * @param name for people who look at the store
   * @param kind likewise: {@code rows}, {@code text} or {@code bytes}
   */
  record Header(String id, String job, int attempt, String name, String kind) {}

  /**
   * Where a chunk begins.
   *
   * @param row the number of its first row from 0, or 0 where there are no rows
   * @param csv the place in the CSV file of what is written of it, or 0
   * @param ndjson the place in the NDJSON file, or 0
   */
  record Position(long row, long csv, long ndjson) {

    public static final Position BEGINNING = new Position(0, 0, 0);
  }

  /**
   * Adds a chunk. The first one, which has the number 0, makes the result known.
   *
   * @param number one more than that of the chunk before
   * @throws org.diferido.failure.FailureException INTERNAL_ERROR when the job is not there, or the
   *     result was removed
   */
  void add(Header of, int number, Position position, byte[] chunk);

  /** A chunk; empty when it is not there, or not any more. */
  Optional<byte[]> chunk(String id, int number);

  /** Where a chunk begins; empty when it is not there, or not any more. */
  Optional<Position> position(String id, int number);

  /** Removes results, those that are there. */
  void remove(Collection<String> ids);

  /** Removes the results of a job up to some attempt. */
  void removeOf(String job, int upToAttempt);

  /**
   * Removes the results of jobs that were removed.
   *
   * @return how many
   */
  int removeForgotten();
}
