package pantheon.night.engine.openvino;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.openvino.library.Compiled;
import pantheon.night.engine.openvino.library.Core;
import pantheon.night.engine.openvino.library.Library;
import pantheon.night.engine.openvino.library.OpenVinoFailed;
import pantheon.night.engine.openvino.library.PagedAttention;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.ir.IrGraph;

/**
 * A model's graph, compiled for a device.
 *
 * @param version of the library
 * @param graph as its file states it
 * @param isPaged whether its keys and values are in blocks of ours
 */
record Network(Core core, Compiled compiled, String version, IrGraph graph, boolean isPaged) implements AutoCloseable {
    /**
     * Loads a graph.
     *
     * @throws NightException with exit code 69 where libraries, device or precision are not there, or the graph cannot be
     *     compiled
     */
    static Network load(ModelFolder files, IrGraph graph, OpenVinoOptions options) {
        var library = Library.load(options.libraries());
        var core = Core.open(library.calls());
        try {
            OpenVinoHere.of(library, core).require(options.device());
            return compiled(library, core, files, graph, options);
        } catch (OpenVinoFailed e) {
            core.close();
            throw ModelFolder.unusable("%s cannot be loaded: %s".formatted(files.graph(), e.getMessage()));
        } catch (RuntimeException e) {
            core.close();
            throw e;
        }
    }

    private static Network compiled(
            Library library, Core core, ModelFolder files, IrGraph graph, OpenVinoOptions options) {
        var model = core.read(files.graph(), files.graph().resolveSibling(IrGraph.WEIGHTS));
        try {
            var paging = graph.isPageable() ? PagedAttention.of(library) : Optional.<PagedAttention>empty();
            paging.ifPresent(pass -> pass.apply(model));
            return new Network(core, compiled(core, model, options), library.version(), graph, paging.isPresent());
        } finally {
            library.calls().release("ov_model_free", model);
        }
    }

    private static Compiled compiled(Core core, MemorySegment model, OpenVinoOptions options) {
        var properties = new TreeMap<>(options.precision().properties());
        properties.put("NUM_STREAMS", "1");
        if (options.device().equals("CPU")) {
            properties.put("INFERENCE_NUM_THREADS", String.valueOf(options.threads()));
            // No thread of ours is moved from core to core, or kept on one.
            properties.put("ENABLE_CPU_PINNING", "NO");
        }
        var compiled = core.compile(model, options.device(), properties);
        try {
            requireInForce(compiled, options);
            return compiled;
        } catch (RuntimeException e) {
            compiled.close();
            throw e;
        }
    }

    /** What was asked for is in force, or nothing is loaded. */
    private static void requireInForce(Compiled compiled, OpenVinoOptions options) {
        for (Map.Entry<String, String> asked : options.precision().properties().entrySet()) {
            var found = compiled.property(asked.getKey());
            if (!found.equals(asked.getValue())) {
                throw new NightException(
                        ExitCode.UNAVAILABLE,
                        "%s does not compute with precision %s: %s is %s there, not %s. Set precision of the model to another."
                                .formatted(
                                        options.device(),
                                        options.precision().key(),
                                        asked.getKey(),
                                        found,
                                        asked.getValue()));
            }
        }
    }

    @Override
    public void close() {
        compiled.close();
        core.close();
    }
}
