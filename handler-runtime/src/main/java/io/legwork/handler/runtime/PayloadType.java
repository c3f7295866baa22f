package io.legwork.handler.runtime;

import io.legwork.handler.Handler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.stream.Stream;

/** Tells a handler of any object from one that does not say what it handles. */
final class PayloadType {

  private PayloadType() {}

  /** Whether some class or interface of the handler names the type parameter of Handler. */
  static boolean isNamed(Class<?> type) {
    return parents(type).anyMatch(PayloadType::namesIt);
  }

  private static boolean namesIt(Type parent) {
    if (parent instanceof ParameterizedType handler && handler.getRawType() == Handler.class) {
      return !(handler.getActualTypeArguments()[0] instanceof TypeVariable<?>);
    }
    return isNamed(raw(parent));
  }

  private static Stream<Type> parents(Class<?> type) {
    Stream<Type> interfaces = Stream.of(type.getGenericInterfaces());
    Type superclass = type.getGenericSuperclass();
    return superclass == null ? interfaces : Stream.concat(interfaces, Stream.of(superclass));
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> raw -> raw;
      case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
      default -> Object.class;
    };
  }
}
