package org.diferido.procedure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;

/**
 * Finds the one signature that a call fits. Of several overloads that fit, the one that leaves
 * fewest parameters out is taken, and of those the one that takes fewest numbers for text; how a
 * call fits one of them is the matter of {@link SignatureFit}.
 */
public final class ArgumentMatching {

  /** The result's name of a function's return value when the request names none. */
  public static final String RETURN_VALUE = "return_value";

  private ArgumentMatching() {}

  /**
   * Binds a call.
   *
   * @param overloads the signatures of the called name, at least one
   * @throws org.diferido.failure.FailureException INVALID_ARGUMENTS with every fault of the request
   */
  public static BoundCall match(ProcedureCall call, List<Signature> overloads) {
    List<BoundCall> fits = new ArrayList<>();
    List<List<FieldError>> misfits = new ArrayList<>();
    for (Signature signature : overloads) {
      SignatureFit fit = new SignatureFit(call, signature);
      BoundCall bound = fit.bind();
      if (fit.errors().isEmpty()) {
        fits.add(bound);
      } else {
        misfits.add(fit.errors());
      }
    }
    if (fits.isEmpty()) {
      throw noneFits(overloads, misfits);
    }
    return closest(call, fits);
  }

  private static BoundCall closest(ProcedureCall call, List<BoundCall> fits) {
    List<BoundCall> fewest = least(fits, ArgumentMatching::leftOut);
    List<BoundCall> best = least(fewest, fit -> numbersAsText(call, fit));
    if (best.size() > 1) {
      String shown = shown(best.stream().map(BoundCall::signature).toList());
      throw invalid(List.of(FieldError.of("/params", "argument.ambiguous", shown)));
    }
    return best.get(0);
  }

  private static List<BoundCall> least(List<BoundCall> fits, ToIntFunction<BoundCall> measure) {
    int least = fits.stream().mapToInt(measure).min().orElseThrow();
    return fits.stream().filter(fit -> measure.applyAsInt(fit) == least).toList();
  }

  /**
   * A number may go in as a text, but where another overload takes numbers it was meant for that.
   */
  private static int numbersAsText(ProcedureCall call, BoundCall fit) {
    return fit.bindings().stream()
        .filter(binding -> binding.place() >= 0 && binding.parameter().direction().goesIn())
        .mapToInt(
            binding ->
                CompositeConversion.numbersAsText(
                    call.arguments().get(binding.place()).value(), binding.parameter()))
        .sum();
  }

  private static int leftOut(BoundCall fit) {
    return (int) fit.bindings().stream().filter(binding -> binding.place() < 0).count();
  }

  private static RuntimeException noneFits(
      List<Signature> overloads, List<List<FieldError>> misfits) {
    List<FieldError> fewest =
        misfits.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
    if (overloads.size() == 1) {
      return invalid(fewest);
    }
    List<FieldError> all = new ArrayList<>(fewest);
    all.add(FieldError.of("/params", "argument.no_overload", shown(overloads)));
    return invalid(all);
  }

  private static String shown(List<Signature> signatures) {
    return signatures.stream().map(Signature::toString).collect(Collectors.joining("; "));
  }

  private static RuntimeException invalid(List<FieldError> errors) {
    return Failure.ofFields(FailureCode.INVALID_ARGUMENTS, errors).toException();
  }
}
