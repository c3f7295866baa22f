package io.legwork.mutants;

import static java.util.stream.Collectors.groupingBy;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Started with {@code -javaagent:mutants.jar=NAME}, or several names joined by {@code +}, it makes
 * a mutant; loaded into a running service with the name of a failpoint, it arms that. Says which
 * classes it has changed. A service whose class is no longer as expected is ended at once: a change
 * of nothing would prove nothing.
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

  /** Called by the JVM when the agent is loaded into it. */
  public static void agentmain(String failpoint, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    var edit = Failpoints.named(failpoint);
    var edits = Map.of(edit.className(), List.of(edit));
    instrumentation.addTransformer(new Changing(failpoint, edits), true);
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().replace('.', '/').equals(edit.className())) {
        instrumentation.retransformClasses(loaded);
      }
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
          changed = edit.apply(changed, loader);
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
