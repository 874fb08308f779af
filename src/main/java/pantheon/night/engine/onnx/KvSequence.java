package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtException;
import pantheon.night.engine.decode.Sequence;

/** A sequence that a graph can be run on by itself. */
interface KvSequence extends Sequence {
    /** Opens the tensors of a run that appends some tokens, which {@link #appended} then makes the sequence's own. */
    KvBinding open(int more) throws OrtException;

    /** Counts tokens that a run has appended. */
    void appended(int more);
}
