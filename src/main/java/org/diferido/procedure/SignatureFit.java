package org.diferido.procedure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.FieldError;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ProcedureCall.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Binds the arguments of a call to one signature and notes every fault.
 *
 * <p>When all given names are names of the signature, in any case, each goes to its parameter. When
 * none is and the count is the signature's, they go in order. Anything between is refused, naming
 * the strangers.
 */
final class SignatureFit {

  private final ProcedureCall call;
  private final Signature signature;
  private final List<FieldError> errors = new ArrayList<>();
  private String returnKey = ArgumentMatching.RETURN_VALUE;

  SignatureFit(ProcedureCall call, Signature signature) {
    this.call = call;
    this.signature = signature;
  }

  /** An argument and its place in the request. */
  private record Placed(int place, Argument argument) {

    String pointer(String member) {
      return "/params/" + place + "/" + member;
    }

    boolean isOut() {
      return argument.direction() != null
          && Direction.parse(argument.direction()).equals(Optional.of(Direction.OUT));
    }
  }

  /** What keeps the call from fitting; empty when it fits. */
  List<FieldError> errors() {
    return errors;
  }

  /** Binds the arguments; what comes back counts only without {@link #errors()}. */
  BoundCall bind() {
    List<Placed> given = new ArrayList<>();
    for (int place = 0; place < call.arguments().size(); place++) {
      given.add(new Placed(place, call.arguments().get(place)));
    }
    given.forEach(this::checkWords);
    takeReturnValue(given);
    Map<Parameter, Placed> assigned = assign(given);
    List<BoundCall.Binding> bindings =
        signature.parameters().stream()
            .map(parameter -> binding(parameter, assigned.get(parameter)))
            .toList();
    refuseDoubledNames(bindings);
    refuseTooManyValues(bindings);
    return new BoundCall(signature, bindings, returnKey);
  }

  /** Two values under one name would be one. */
  private void refuseDoubledNames(List<BoundCall.Binding> bindings) {
    Set<String> names = new HashSet<>();
    if (signature.isFunction()) {
      names.add(returnKey);
    }
    for (BoundCall.Binding binding : bindings) {
      if (binding.parameter().direction().comesOut() && !names.add(binding.key())) {
        String pointer = binding.place() < 0 ? "/params" : "/params/" + binding.place() + "/name";
        errors.add(FieldError.of(pointer, "argument.name_twice", binding.key()));
      }
    }
  }

  private void refuseTooManyValues(List<BoundCall.Binding> bindings) {
    int values = 0;
    for (BoundCall.Binding binding : bindings) {
      if (binding.value() instanceof List<?> parts) {
        values += CompositeConversion.size(parts);
        if (values > BoundCall.MOST_PARTS) {
          String pointer = "/params/" + binding.place() + "/value";
          errors.add(FieldError.of(pointer, "value.too_many_values", BoundCall.MOST_PARTS, values));
          return;
        }
      }
    }
  }

  private void checkWords(Placed given) {
    String direction = given.argument().direction();
    if (direction != null && Direction.parse(direction).isEmpty()) {
      errors.add(FieldError.of(given.pointer("direction"), "argument.direction", direction));
    }
    String type = given.argument().type();
    if (type != null && !type.isBlank() && !ParameterType.isWord(type)) {
      errors.add(FieldError.of(given.pointer("type"), "argument.type_unknown", type));
    }
  }

  /** A function's value goes to the first OUT argument that names no parameter of its own. */
  private void takeReturnValue(List<Placed> given) {
    Parameter returns = signature.returns();
    if (returns == null) {
      if (call.function()) {
        errors.add(FieldError.of("/isFunction", "argument.not_a_function", signature));
      }
      return;
    }
    refuseUnsupported(returns, "/name");
    given.stream()
        .filter(Placed::isOut)
        .filter(out -> signature.parameter(out.argument().name()).isEmpty())
        .findFirst()
        .ifPresent(
            out -> {
              given.remove(out);
              if (!out.argument().name().isBlank()) {
                returnKey = out.argument().name();
              }
              checkType(out, returns);
            });
  }

  private Map<Parameter, Placed> assign(List<Placed> given) {
    List<Placed> strangers =
        given.stream()
            .filter(each -> signature.parameter(each.argument().name()).isEmpty())
            .toList();
    Map<Parameter, Placed> assigned = new HashMap<>();
    boolean inOrder =
        strangers.size() == given.size() && given.size() == signature.parameters().size();
    if (inOrder) {
      for (int at = 0; at < given.size(); at++) {
        assigned.put(signature.parameters().get(at), given.get(at));
      }
      return assigned;
    }
    strangers.forEach(this::refuseStranger);
    for (Placed each : given) {
      Optional<Parameter> parameter = signature.parameter(each.argument().name());
      if (parameter.isPresent() && assigned.putIfAbsent(parameter.get(), each) != null) {
        errors.add(FieldError.of(each.pointer("name"), "argument.twice", parameter.get().name()));
      }
    }
    return assigned;
  }

  private void refuseStranger(Placed stranger) {
    String name = stranger.argument().name();
    errors.add(
        name.isBlank()
            ? FieldError.of(stranger.pointer("name"), "argument.unnamed", signature)
            : FieldError.of(stranger.pointer("name"), "argument.stranger", name, signature));
  }

  private BoundCall.Binding binding(Parameter parameter, @Nullable Placed given) {
    if (given == null) {
      if (parameter.direction().goesIn() && !parameter.optional()) {
        errors.add(FieldError.of("/params", "argument.missing", parameter, signature));
      }
      refuseUnsupported(parameter, "/params");
      return new BoundCall.Binding(parameter, -1, null, parameter.name());
    }
    checkDirection(given, parameter);
    checkType(given, parameter);
    String key = given.argument().name().isBlank() ? parameter.name() : given.argument().name();
    Object value = parameter.direction().goesIn() ? converted(given, parameter) : null;
    if (!parameter.direction().goesIn()) {
      refuseUnsupported(parameter, given.pointer("type"));
    }
    return new BoundCall.Binding(parameter, given.place(), value, key);
  }

  private void refuseUnsupported(Parameter parameter, String pointer) {
    if (parameter.type() == ParameterType.UNSUPPORTED && !parameter.optional()) {
      errors.add(FieldError.of(pointer, "value.unsupported", parameter.databaseType()));
    }
  }

  private void checkDirection(Placed given, Parameter parameter) {
    Argument argument = given.argument();
    Optional<Direction> asked =
        argument.direction() == null ? Optional.empty() : Direction.parse(argument.direction());
    boolean fits =
        switch (parameter.direction()) {
          case IN -> asked.isEmpty() || asked.get() == Direction.IN;
          case OUT -> asked.isEmpty() ? !argument.valueGiven() : asked.get() == Direction.OUT;
          case INOUT -> true;
        };
    boolean unreadable = argument.direction() != null && asked.isEmpty();
    if (!fits && !unreadable) {
      errors.add(FieldError.of(given.pointer("direction"), "argument.wrong_direction", parameter));
    }
  }

  private void checkType(Placed given, Parameter parameter) {
    String type = given.argument().type();
    if (type != null
        && !type.isBlank()
        && ParameterType.isWord(type)
        && !parameter.type().isCalled(type)) {
      errors.add(
          FieldError.of(given.pointer("type"), "argument.wrong_type", type.strip(), parameter));
    }
  }

  private @Nullable Object converted(Placed given, Parameter parameter) {
    Object value = given.argument().value();
    if (value == null) {
      refuseUnsupported(parameter, given.pointer("value"));
      return null;
    }
    try {
      return ValueConversion.convert(value, parameter);
    } catch (ValueConversion.Refused refused) {
      errors.add(new FieldError(given.pointer("value") + refused.pointer(), refused.why()));
      return null;
    }
  }
}
