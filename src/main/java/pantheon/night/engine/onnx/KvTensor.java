package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxJavaType;

/**
 * One layer's keys or values as the graph takes and gives them: {@code [1, heads, tokens, width]}.
 *
 * @param past the input's name
 * @param present the output's name
 * @param width numbers in a head
 */
record KvTensor(String past, String present, OnnxJavaType type, int heads, int width) {
    /** The bytes of one head of one token. */
    long rowBytes() {
        return (long) width * type.size;
    }

    /** The bytes of some tokens. */
    long bytes(int tokens) {
        return heads * rowBytes() * tokens;
    }
}
