package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The past and present tensors of one run, by the graph's names. */
final class KvBinding implements AutoCloseable {
    private final NativeTensors tensors;
    private final Map<String, OnnxTensor> pasts = new HashMap<>();
    private final Map<String, OnnxTensor> presents = new HashMap<>();
    private final List<OnnxTensor> opened = new ArrayList<>();

    KvBinding(NativeTensors tensors) {
        this.tensors = tensors;
    }

    Map<String, OnnxTensor> pasts() {
        return pasts;
    }

    Map<String, OnnxTensor> presents() {
        return presents;
    }

    /** The same memory is past and present. */
    void shared(KvTensor tensor, MemorySegment memory, int rows, int length) throws OrtException {
        var both = view(tensor, memory, rows, length);
        pasts.put(tensor.past(), both);
        presents.put(tensor.present(), both);
    }

    void past(KvTensor tensor, MemorySegment memory, int length) throws OrtException {
        pasts.put(tensor.past(), view(tensor, memory, 1, length));
    }

    void present(KvTensor tensor, MemorySegment memory, int length) throws OrtException {
        presents.put(tensor.present(), view(tensor, memory, 1, length));
    }

    private OnnxTensor view(KvTensor tensor, MemorySegment memory, int rows, int length) throws OrtException {
        var view = tensors.view(memory, tensor.type(), rows, tensor.heads(), length, tensor.width());
        opened.add(view);
        return view;
    }

    @Override
    public void close() {
        opened.forEach(tensors::close);
        opened.clear();
    }
}
