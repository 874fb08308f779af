package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A model that is ready for a device. */
public record Compiled(NativeCalls calls, MemorySegment handle) implements AutoCloseable {
    /** A setting that is in force. */
    public String property(String key) {
        try (var arena = Arena.ofConfined()) {
            var value = calls.made("ov_compiled_model_get_property", handle, arena.allocateFrom(key));
            var text = NativeCalls.text(value);
            calls.release("ov_free", value);
            return text;
        }
    }

    public InferRequest request() {
        return new InferRequest(calls, calls.made("ov_compiled_model_create_infer_request", handle));
    }

    @Override
    public void close() {
        calls.release("ov_compiled_model_free", handle);
    }
}
