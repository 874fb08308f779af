package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What reads models and compiles them. */
public record Core(NativeCalls calls, MemorySegment handle) implements AutoCloseable {
    public static Core open(NativeCalls calls) {
        return new Core(calls, calls.made("ov_core_create"));
    }

    /** The devices that there are, for example {@code CPU} and {@code GPU}. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    public List<String> devices() {
        try (var arena = Arena.ofConfined()) {
            var list = arena.allocate(ValueLayout.ADDRESS, 2);
            calls.call("ov_core_get_available_devices", handle, list);
            long count = list.get(ValueLayout.JAVA_LONG, Long.BYTES);
            var names = list.get(ValueLayout.ADDRESS, 0).reinterpret(count * Long.BYTES);
            var devices = new ArrayList<String>();
            for (long i = 0; i < count; i++) {
                devices.add(NativeCalls.text(names.getAtIndex(ValueLayout.ADDRESS, i)));
            }
            calls.release("ov_available_devices_free", list);
            return devices;
        }
    }

    /** Reads a graph; the caller frees it. */
    public MemorySegment read(Path graph, Path weights) {
        try (var arena = Arena.ofConfined()) {
            return calls.made(
                    "ov_core_read_model",
                    handle,
                    arena.allocateFrom(graph.toString()),
                    arena.allocateFrom(weights.toString()));
        }
    }

    /** Makes a graph ready for a device. */
    public Compiled compile(MemorySegment graph, String device, Map<String, String> properties) {
        try (var arena = Arena.ofConfined()) {
            var pairs = arena.allocate(ValueLayout.ADDRESS, 2L * properties.size());
            long place = 0;
            for (var property : properties.entrySet()) {
                pairs.setAtIndex(ValueLayout.ADDRESS, place, arena.allocateFrom(property.getKey()));
                pairs.setAtIndex(ValueLayout.ADDRESS, place + 1, arena.allocateFrom(property.getValue()));
                place += 2;
            }
            return new Compiled(
                    calls,
                    calls.made(
                            "ov_core_compile_model_props",
                            handle,
                            graph,
                            arena.allocateFrom(device),
                            (long) properties.size(),
                            pairs));
        }
    }

    @Override
    public void close() {
        calls.release("ov_core_free", handle);
    }
}
