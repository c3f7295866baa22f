package io.legwork.mutants;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A change of one class.
 *
 * @param className with slashes
 */
record Edit(String className, Change change) {

  /** Changes code and counts the places. */
  interface Change {
    ClassTransform transform(AtomicInteger places);
  }

  /**
   * Changes the class.
   *
   * @param loader knows the classes that it refers to
   * @throws IllegalStateException if there was nothing to change
   */
  byte[] apply(byte[] original, @Nullable ClassLoader loader) {
    var places = new AtomicInteger();
    var known = ClassHierarchyResolver.defaultResolver();
    var classFile =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                loader == null
                    ? known
                    : ClassHierarchyResolver.ofResourceParsing(loader).orElse(known)));
    byte[] changed = classFile.transformClass(classFile.parse(original), change.transform(places));
    if (places.get() == 0) {
      throw new IllegalStateException("what was to be changed is not there");
    }
    return changed;
  }

  /** Replaces a part of every string constant that has it, such as a statement of SQL. */
  static Edit text(String className, String part, String replacement) {
    return new Edit(
        className,
        places ->
            ClassTransform.transformingMethodBodies((code, element) -> {
              if (element instanceof LoadConstantInstruction constant
                  && constant.constantEntry() instanceof StringEntry text
                  && text.stringValue().contains(part)) {
                places.incrementAndGet();
                code.loadConstant(text.stringValue().replace(part, replacement));
              } else {
                code.with(element);
              }
            }));
  }

  /** Puts something in front of a method. */
  static Edit before(String className, String method, Consumer<CodeBuilder> addition) {
    return inMethod(
        className,
        method,
        places ->
            new CodeTransform() {
              @Override
              public void atStart(CodeBuilder code) {
                places.incrementAndGet();
                addition.accept(code);
              }

              @Override
              public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
              }
            });
  }

  /** Puts something in front of every return of a method. */
  static Edit after(String className, String method, Consumer<CodeBuilder> addition) {
    return inMethod(
        className,
        method,
        places ->
            (code, element) -> {
              if (element instanceof ReturnInstruction) {
                places.incrementAndGet();
                addition.accept(code);
              }
              code.with(element);
            });
  }

  /** Puts something in the place of every call of a method within another. */
  static Edit call(String className, String within, String called, Call replacement) {
    return inMethod(
        className,
        within,
        places ->
            (code, element) -> {
              if (element instanceof InvokeInstruction call && call.name().equalsString(called)) {
                places.incrementAndGet();
                replacement.write(code, call);
              } else {
                code.with(element);
              }
            });
  }

  /** What is done instead of a call. */
  interface Call {
    void write(CodeBuilder code, InvokeInstruction call);
  }

  /** Leaves nothing of a method but its return. */
  static Edit empty(String className, String method, Consumer<CodeBuilder> body) {
    return inMethod(
        className,
        method,
        places ->
            new CodeTransform() {
              @Override
              public void atStart(CodeBuilder code) {
                places.incrementAndGet();
                body.accept(code);
              }

              @Override
              public void accept(CodeBuilder code, CodeElement element) {
                // Nothing of it is kept.
              }
            });
  }

  private static Edit inMethod(
      String className, String method, Function<AtomicInteger, CodeTransform> change) {
    Predicate<MethodModel> chosen = model -> model.methodName().equalsString(method);
    return new Edit(
        className, places -> ClassTransform.transformingMethodBodies(chosen, change.apply(places)));
  }
}
