package io.legwork.mutants;

import static java.util.stream.Collectors.groupingBy;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Started with {@code -javaagent:mutants.jar=NAME}, or several names joined by {@code +}. Says
 * which classes it has changed. A service whose class is no longer as the mutant expects it is
 * ended at once: a mutant that changes nothing would prove nothing.
 */
public final class Agent {

  private static final int NOT_APPLICABLE = 86;

  private Agent() {}

  /** Called by the JVM before the service's main method. */
  public static void premain(String names, Instrumentation instrumentation) {
    for (String name : names.split("\\+", -1)) {
      var edits = Mutants.named(name).stream().collect(groupingBy(Edit::className));
      instrumentation.addTransformer(new Changing(name, edits));
    }
  }

  private record Changing(String name, Map<String, List<Edit>> edits)
      implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String className,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] original) {
      var own = edits.get(className);
      if (own == null) {
        return null;
      }
      try {
        byte[] changed = original;
        for (Edit edit : own) {
          changed = edit.apply(changed);
        }
        System.out.println("mutant: " + name + " has changed " + className);
        return changed;
      } catch (RuntimeException | LinkageError e) {
        // The JVM would go on with the class as it was.
        System.out.println("mutant: " + name + " cannot change " + className + ": " + e);
        Runtime.getRuntime().halt(NOT_APPLICABLE);
        return null;
      }
    }
  }
}
