package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a compiled model is run by; a new one has no past. Used by one thread at a time. */
public record InferRequest(NativeCalls calls, MemorySegment handle) implements AutoCloseable {
    /** Gives an input its numbers, which stay its own until it is given others. */
    public void set(String name, Tensor tensor) {
        try (var arena = Arena.ofConfined()) {
            calls.call("ov_infer_request_set_tensor", handle, arena.allocateFrom(name), tensor.handle());
        }
    }

    /** An input or an output; the caller closes it. */
    public Tensor get(String name) {
        try (var arena = Arena.ofConfined()) {
            return new Tensor(calls, calls.made("ov_infer_request_get_tensor", handle, arena.allocateFrom(name)));
        }
    }

    public void infer() {
        calls.call("ov_infer_request_infer", handle);
    }

    @Override
    public void close() {
        calls.release("ov_infer_request_free", handle);
    }
}
