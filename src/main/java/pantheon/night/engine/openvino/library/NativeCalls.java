package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The functions of OpenVINO's C library, by their names. Each takes pointers, 64-bit sizes ({@code long}), 32-bit codes
 * ({@code int}) and shapes, and gives back a status, 0 where it did not fail.
 */
public final class NativeCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int MOST_TEXT = 1 << 16;

    private final SymbolLookup library;
    private final Map<String, MethodHandle> handles = new ConcurrentHashMap<>();

    public NativeCalls(SymbolLookup library) {
        this.library = library;
    }

    /** Calls a function. */
    public void call(String function, Object... arguments) {
        int status = status(function, arguments);
        if (status != 0) {
            throw new OpenVinoFailed("%s returned %d: %s".formatted(function, status, lastError()));
        }
    }

    /** Calls a function that makes something, and puts its address where its last argument points. */
    public MemorySegment made(String function, Object... arguments) {
        try (var arena = Arena.ofConfined()) {
            var place = arena.allocate(ValueLayout.ADDRESS);
            call(function, Stream.concat(Stream.of(arguments), Stream.of(place)).toArray());
            return place.get(ValueLayout.ADDRESS, 0);
        }
    }

    /** Calls a function that gives back nothing. */
    public void release(String function, Object... arguments) {
        try {
            handle(function, FunctionDescriptor.ofVoid(layouts(arguments))).invoke(values(arguments));
        } catch (Throwable e) {
            throw unexpected(function, e);
        }
    }

    /** A text of the library's; empty for none. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    public static String text(MemorySegment address) {
        return address.equals(MemorySegment.NULL)
                ? ""
                : address.reinterpret(MOST_TEXT).getString(0);
    }

    private String lastError() {
        try {
            var descriptor = FunctionDescriptor.of(ValueLayout.ADDRESS);
            var message =
                    (MemorySegment) handle("ov_get_last_err_msg", descriptor).invoke(new Object[0]);
            return text(message).strip().replaceAll("\\s+", " ");
        } catch (Throwable e) {
            throw unexpected("ov_get_last_err_msg", e);
        }
    }

    private int status(String function, Object... arguments) {
        try {
            var descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts(arguments));
            return (int) handle(function, descriptor).invoke(values(arguments));
        } catch (Throwable e) {
            throw unexpected(function, e);
        }
    }

    private static Object[] values(Object... arguments) {
        return Stream.of(arguments)
                .map(value -> value instanceof Shape shape ? shape.struct() : value)
                .toArray();
    }

    static MemoryLayout[] layouts(Object... arguments) {
        return Stream.of(arguments).map(NativeCalls::layout).toArray(MemoryLayout[]::new);
    }

    private static MemoryLayout layout(Object value) {
        return switch (value) {
            case Integer code -> ValueLayout.JAVA_INT;
            case Long size -> ValueLayout.JAVA_LONG;
            case Shape shape -> Shape.LAYOUT;
            default -> ValueLayout.ADDRESS;
        };
    }

    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private MethodHandle handle(String function, FunctionDescriptor descriptor) {
        return handles.computeIfAbsent(function, name -> {
            var handle = LINKER.downcallHandle(library.findOrThrow(name), descriptor);
            return handle.asSpreader(
                    Object[].class, descriptor.argumentLayouts().size());
        });
    }

    private static IllegalStateException unexpected(String function, Throwable e) {
        return new IllegalStateException("the call of %s failed".formatted(function), e);
    }
}
