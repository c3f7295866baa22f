package io.legwork.handler.runtime;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the Java types that are no structures are written in JSON. */
final class Scalars {

  private static final Set<Class<?>> INTEGERS =
      Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);
  private static final Set<Class<?>> NUMBERS = Set.of(Float.class, Double.class, BigDecimal.class);
  private static final Set<Class<?>> TEXTS =
      Set.of(
          String.class,
          CharSequence.class,
          Character.class,
          byte[].class,
          char[].class,
          UUID.class,
          URI.class,
          URL.class,
          Duration.class,
          Period.class,
          Locale.class,
          Currency.class,
          ZoneId.class);

  private Scalars() {}

  /** The JSON Schema type, or null if there is more than one, or it is not known. */
  static @Nullable String typeOf(Class<?> raw) {
    Class<?> type = MethodType.methodType(raw).wrap().returnType();
    if (INTEGERS.contains(type)) {
      return "integer";
    }
    if (NUMBERS.contains(type)) {
      return "number";
    }
    if (type == Boolean.class) {
      return "boolean";
    }
    return TEXTS.contains(type) || Temporal.class.isAssignableFrom(type) ? "string" : null;
  }
}
