package pantheon.night.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program with one method that does nothing and answers nothing, always the same, or empty. */
final class Mutant extends ClassLoader {
    private static final String PROGRAM = "pantheon.night.";

    static {
        registerAsParallelCapable();
    }

    private final String className;
    private final String methodName;
    private final boolean answer;
    private final byte[] mutated;

    /** @param className within {@code pantheon.night} */
    Mutant(String className, String methodName) {
        this(className, methodName, false);
    }

    /** @param answer to what the method is asked, where it is a question */
    Mutant(String className, String methodName, boolean answer) {
        super(Mutant.class.getClassLoader());
        this.className = PROGRAM + className;
        this.methodName = methodName;
        this.answer = answer;
        this.mutated = mutated(bytes(this.className));
    }

    /** The first seed of a simulation on which the mutant is caught, and by what; empty where it is never. */
    Optional<String> caught(int nights) throws ReflectiveOperationException {
        return caught("firstFailure", nights);
    }

    /** The same, on clusters. */
    Optional<String> caughtByOwners(int seeds) throws ReflectiveOperationException {
        return caught("firstFailureOfOwners", seeds);
    }

    private Optional<String> caught(String method, int nights) throws ReflectiveOperationException {
        var simulation = loadClass(Simulation.class.getName()).getDeclaredMethod(method, int.class);
        simulation.setAccessible(true);
        return ((Optional<?>) simulation.invoke(null, nights)).map(String::valueOf);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PROGRAM)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) {
        var defined = name.equals(className) ? mutated : bytes(name);
        return defineClass(name, defined, 0, defined.length);
    }

    private byte[] bytes(String name) {
        try (var stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no class " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] mutated(byte[] bytes) {
        var model = ClassFile.of().parse(bytes);
        if (model.methods().stream().noneMatch(method -> method.methodName().equalsString(methodName))) {
            throw new IllegalArgumentException("%s has no method %s".formatted(className, methodName));
        }
        return ClassFile.of()
                .transformClass(
                        model,
                        ClassTransform.transformingMethods(
                                method -> method.methodName().equalsString(methodName), answering(answer)));
    }

    private static MethodTransform answering(boolean answer) {
        return (method, element) -> {
            if (element instanceof CodeModel code) {
                var returned = code.parent().orElseThrow().methodTypeSymbol().returnType();
                method.withCode(body -> answer(body, returned, answer));
            } else {
                method.with(element);
            }
        };
    }

    private static void answer(CodeBuilder body, ClassDesc type, boolean answer) {
        if (type.equals(ConstantDescs.CD_void)) {
            body.return_();
        } else if (type.equals(ConstantDescs.CD_boolean)) {
            body.loadConstant(answer ? 1 : 0).ireturn();
        } else if (type.equals(Optional.class.describeConstable().orElseThrow())) {
            body.invokestatic(type, "empty", MethodTypeDesc.of(type)).areturn();
        } else if (List.of(List.class.describeConstable(), Map.class.describeConstable())
                .contains(Optional.of(type))) {
            body.invokestatic(type, "of", MethodTypeDesc.of(type), true).areturn();
        } else {
            throw new IllegalStateException("no answer of type " + type.displayName());
        }
    }
}
