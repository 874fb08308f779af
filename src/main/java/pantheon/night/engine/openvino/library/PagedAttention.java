package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.Optional;

/**
 * {@code ov::pass::SDPAToPagedAttention}, which has a graph keep keys and values in blocks of the caller's. What it makes
 * cannot be stored, so it is applied at each start. The C library does not have it: it is called by the names that the
 * compiler gave its functions. What it throws would end the JVM, so the graph is looked at before.
 *
 * @param constructor {@code SDPAToPagedAttention(bool x 7)}
 * @param run {@code bool run_on_model(const std::shared_ptr<ov::Model>&)}
 */
public record PagedAttention(MethodHandle constructor, MethodHandle run) {
    private static final String CONSTRUCTOR = "_ZN2ov4pass20SDPAToPagedAttentionC1Ebbbbbbb";
    private static final String RUN = "_ZN2ov4pass20SDPAToPagedAttention12run_on_modelERKSt10shared_ptrINS_5ModelEE";

    /** More than a pass takes. */
    private static final long PASS_BYTES = 1 << 13;

    private static final int FLAGS = 7;

    /** Looks for the two functions. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    public static Optional<PagedAttention> of(Library library) {
        var constructor = library.symbols().find(CONSTRUCTOR);
        var run = library.symbols().find(RUN);
        if (constructor.isEmpty() || run.isEmpty()) {
            return Optional.empty();
        }
        var linker = Linker.nativeLinker();
        var flags = Collections.nCopies(FLAGS, ValueLayout.JAVA_BOOLEAN).toArray(ValueLayout[]::new);
        return Optional.of(new PagedAttention(
                linker.downcallHandle(
                        constructor.get(),
                        FunctionDescriptor.ofVoid(ValueLayout.ADDRESS).appendArgumentLayouts(flags)),
                linker.downcallHandle(
                        run.get(),
                        FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, ValueLayout.ADDRESS, ValueLayout.ADDRESS))));
    }

    /**
     * Changes a graph.
     *
     * @param graph {@code ov_model_t}, which is a {@code std::shared_ptr<ov::Model>}
     */
    public void apply(MemorySegment graph) {
        try (var arena = Arena.ofConfined()) {
            var pass = arena.allocate(PASS_BYTES, Long.BYTES * 2);
            // no block indices of each layer's own, scores, rotation, sparse attention or bias
            constructor.invokeExact(pass, false, false, false, false, false, false, false);
            boolean changed = (boolean) run.invokeExact(pass, graph);
            if (!changed) {
                throw new OpenVinoFailed("the graph's attention cannot be paged");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the call of the pass for paged attention failed", e);
        }
    }
}
