package io.legwork.handler.runtime;

import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says what is wrong with a payload to whoever submitted it: a JSON Pointer into the task and what
 * was expected there, without a word of Java.
 */
final class PayloadProblem {

  private PayloadProblem() {}

  static String describe(JacksonException problem) {
    return pointer(problem.getPath()) + ": " + expectation(problem);
  }

  private static String pointer(List<Reference> path) {
    return path.stream()
        .map(PayloadProblem::segment)
        .map(segment -> "/" + segment.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining("", "#/payload", ""));
  }

  private static String segment(Reference reference) {
    String name = reference.getPropertyName();
    return name == null ? String.valueOf(reference.getIndex()) : name;
  }

  private static String expectation(JacksonException problem) {
    return switch (problem) {
      case UnrecognizedPropertyException unknown -> "unknown field; " + known(unknown);
      case ValueInstantiationException refused -> refusal(refused);
      case MismatchedInputException mismatch -> "expected " + words(mismatch.getTargetType());
      default -> "cannot be read: " + problem.getOriginalMessage();
    };
  }

  private static String known(UnrecognizedPropertyException unknown) {
    String names =
        unknown.getKnownPropertyIds().stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none is known" : "known are " + names;
  }

  private static String refusal(ValueInstantiationException refused) {
    Throwable cause = Objects.requireNonNullElse(refused.getCause(), refused);
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  private static String words(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    if (type.isEnum()) {
      return oneOf(type.getEnumConstants());
    }
    if (boxed == Boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return "a number of the kind " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }
    return wordsOfOtherThanScalars(type);
  }

  private static String wordsOfOtherThanScalars(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as PT30S";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time of the kind " + type.getSimpleName();
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    return CharSequence.class.isAssignableFrom(type) ? "a string" : "an object";
  }

  private static String oneOf(Object[] constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "one of ", ""));
  }
}
